import pytest
from naming import of_kind, process


def people(text, role="paragraph", **names):
    return [
        (m.value.name, m.links.post, m.links.organization) for _, m in of_kind(process(text, role, **names), "person")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("临川市财政局局长林知远表示。", [("林知远", "局长", "临川市财政局")]),
        (
            "启明茶业集团党委书记、总经理何青说。",
            [("何青", "党委书记、总经理", "启明茶业集团")],
        ),
        ("县委副书记、县长欧阳明出席。", [("欧阳明", "县长", None)]),
        ("启明集团总经理兼清算组组长何青到场。", [("何青", "总经理兼清算组组长", "启明集团")]),
        ("正如启明集团会长何青所说，茶价平稳。", [("何青", "会长", "启明集团")]),
        # the body's last character is the post's first
        ("青石市公安局长林知远到场。", [("林知远", "局长", "青石市公安局")]),
        ("云岭县委宣传部长欧阳明主持会议。", [("欧阳明", "部长", "云岭县委宣传部")]),
        ("中共青石市委常委、宣传部长林知远说。", [("林知远", "常委、宣传部长", "中共青石市委")]),
        # a department of the committee just named
        ("青石市委常委、组织部部长何青出席。", [("何青", "部长", "青石市委组织部")]),
        ("青石市委常委、政法委书记何青出席。", [("何青", "书记", "青石市委政法委")]),
        ("新区管委会委员、区委书记林知远说。", [("林知远", "书记", "区委")]),
        ("林知远市长、何青副市长出席。", [("林知远", "市长", None), ("何青", "副市长", None)]),
        (
            "本报记者 林知远 何青 见习记者 赵小禾",
            [("林知远", "本报记者", None), ("何青", "本报记者", None), ("赵小禾", "见习记者", None)],
        ),
        ("本报讯（记者 何 青）近日，会议召开。", [("何青", "记者", None)]),
        (
            "县领导林知远、何青、赵小禾见证签约。",
            [("林知远", "县领导", None), ("何青", "县领导", None), ("赵小禾", "县领导", None)],
        ),
        # a field of the body's before the post
        ("启明集团华东区副总经理林知远说。", [("林知远", "副总经理", "启明集团")]),
        ("启明集团邀请局长林知远。", [("林知远", "局长", None)]),
        ("启明集团签约\n技术总监林知远说。", [("林知远", "技术总监", None)]),
        ("启明集团茶叶行业分析师林知远说。", [("林知远", "茶叶行业分析师", "启明集团")]),
        ("启明集团（下称启明）首任总经理林知远说。", [("林知远", "首任总经理", "启明集团")]),
        ("临川市财政局副局长的林知远说。", [("林知远", "副局长", "临川市财政局")]),
        # behind the name
        ("林知远（临川市财政局局长）说。", [("林知远", "局长", "临川市财政局")]),
        ("林知远（局长）说。", [("林知远", "局长", None)]),
        ("林知远（化名）说。", [("林知远", None, None)]),
        ("临川市财政局林知远局长说。", [("林知远", "局长", "临川市财政局")]),
        # one body's posts in a list
        (
            "临川市财政局局长林知远、副局长何青到场。",
            [("林知远", "局长", "临川市财政局"), ("何青", "副局长", "临川市财政局")],
        ),
        ("临川市财政局局长林知远、专家何青到场。", [("林知远", "局长", "临川市财政局"), ("何青", "专家", None)]),
        ("临川晚报记者 林知远 通讯员 何青", [("林知远", "记者", "临川晚报"), ("何青", "通讯员", "临川晚报")]),
        ("临川晚报记者 林知远 本报通讯员 何青", [("林知远", "记者", "临川晚报"), ("何青", "本报通讯员", None)]),
        # a post right behind a name is that name's
        ("林知远局长、何青处长到场。", [("林知远", "局长", None), ("何青", "处长", None)]),
        ("何青副秘书长主持会议。", [("何青", "副秘书长", None)]),
        ("见到林知远总书记，村民何青说。", [("林知远", "总书记", None), ("何青", "村民", None)]),
        # names of four characters, one of them like a conjunction or an adverb
        (
            "启明集团会长青原和彦、社长小野史郎则表示支持。",
            [("青原和彦", "会长", "启明集团"), ("小野史郎", "社长", "启明集团")],
        ),
        # a player's country is part of what he is, a minister's is not
        ("美国选手沙宁夺得冠军。", [("沙宁", "美国选手", None)]),
        ("德国总理哈根米勒击败法国选手科奇科娃。", [("哈根米勒", "总理", None), ("科奇科娃", "法国选手", None)]),
        (
            "云岭市县领导林知远、何青到场。",
            [("林知远", "市县领导", None), ("何青", "市县领导", None)],
        ),
        ("记者见到启明集团的老职工林知远。", [("林知远", "老职工", "启明集团")]),
        ("微博热议\n@林知远 应多种茶", [("林知远", None, None)]),
        # between two names a third
        (
            "出席的有林知远、白玛赤又、何青、赵小禾。",
            [(name, None, None) for name in ("林知远", "白玛赤又", "何青", "赵小禾")],
        ),
        ("林知远、财政局、何青、赵小禾到场。", [(name, None, None) for name in ("林知远", "何青", "赵小禾")]),
        # one chairman, many reporters
        ("启明集团总裁林知远与何青会面。", [("林知远", "总裁", "启明集团"), ("何青", None, None)]),
        ("启明集团副总裁林知远和何青到场。", [("林知远", "副总裁", "启明集团"), ("何青", "副总裁", "启明集团")]),
        # the same person elsewhere
        (
            "启明集团董事长林知远说。\n原董事长林知远已离任。",
            [("林知远", "董事长", "启明集团"), ("林知远", "原董事长", "启明集团")],
        ),
        # a post of a place, where the text names the place's government
        ("临川市人民政府公告\n市长林知远", [("林知远", "市长", "临川市人民政府")]),
        (
            "临川市人民政府公告\n林知远市长、何青副市长到场。",
            [("林知远", "市长", "临川市人民政府"), ("何青", "副市长", "临川市人民政府")],
        ),
        ("临川市人民政府公告\n临川市市长林知远", [("林知远", "市长", "临川市人民政府")]),
        ("临川市人民政府公告\n临川市长林知远", [("林知远", "市长", "临川市人民政府")]),
        ("临川市人民政府公告\n云岭市市长林知远", [("林知远", "市长", None)]),
        ("临川市人民政府与云岭市人民政府签约\n市长林知远", [("林知远", "市长", None)]),
        ("市政府公告\n市长林知远", [("林知远", "市长", None)]),
        ("国务院通知\n总理 林知远", [("林知远", "总理", "国务院")]),
        ("国务院通知\n德国总理林知远到访。", [("林知远", "总理", None)]),
        ("云岭自治区人民政府公告\n自治区主席 林知远", [("林知远", "主席", "云岭自治区人民政府")]),
        ("云岭自治区人民政府公告\n林知远主席到场。", [("林知远", "主席", None)]),
        ("民建云岭市委主委林知远", [("林知远", "主委", "民建云岭市委")]),
        ("会议在临川召开。 林知远 何青", [("林知远", None, None), ("何青", None, None)]),
        ("会议在临川召开。 林 知远 何 青", [("林知远", None, None), ("何青", None, None)]),
    ],
)
def test_posts_and_bodies_beside_names(text, expected):
    assert people(text, person=("林知远", "何青", "欧阳明", "赵小禾")) == expected


def test_a_name_known_once_is_found_again():
    text = "临川市财政局局长林知远表示。如今，林知远带队。"
    assert people(text) == [("林知远", "局长", "临川市财政局"), ("林知远", None, None)]
    # two characters only where they open a clause and speak
    text = "市长何青到场。何青在会上说，为何青山常在。"
    assert [p[0] for p in people(text)] == ["何青", "何青"]


def test_a_word_behind_a_name_is_told_by_the_names_other_places():
    text = "市长何青则到场。市长何青说，项目开工。"
    assert [p[0] for p in people(text, person=("何青则",))] == ["何青", "何青"]
    text = "市长何成刚到场。何成刚说，项目开工。"
    assert [p[0] for p in people(text, person=("何成",))] == ["何成刚", "何成刚"]
    document = process(
        "林知远说。林知远和青石市茶科局到场。", person=("林知远",), organization=("林知远和青石市茶科局",)
    )
    assert [t for t, _ in of_kind(document, "organization")] == ["青石市茶科局"]


def test_a_byline_of_names_alone():
    assert [p[0] for p in people("林知远 何青", role="byline")] == ["林知远", "何青"]
    assert [p[0] for p in people("林 知远 何青", role="byline")] == ["林知远", "何青"]
    assert people("林知远 何青到场", role="byline") == []


@pytest.mark.parametrize(
    ("text", "model", "expected"),
    [
        ("何青市长到场。", "何青市", "何青"),
        ("（记者 林知远）", "林知", "林知远"),
        ("记者 林 知远 报道", "林 知", "林知远"),
        ("记者 林 知远 报道", "林 知远", "林知远"),
        ("记者 何 青报道", "何 青", "何青"),
        ("不负韶华。", "韶华", None),
        ("初小禾到场。", "初小禾", "初小禾"),
        ("林女士说。", "林女士", None),
        ("分析师向记者介绍。", "向记者", None),
        ("林向东说。", "林向东", "林向东"),
        ("全党同志努力。", "全党", None),
        ("专家林知远在路演中说。", "林知远", "林知远"),
        ("青石省长安镇。", "青石", None),
        ("林知远曾说。", "林知远曾", None),
        ("林知则告诉记者。", "林知则", "林知"),
        ("林则表示支持。", "林则", "林则"),
        ("正如何青所说。", "何青所", "何青"),
        ("来到青石市何祖村调研。", "何祖村", None),
        ("向世界宣布。", "向世界", None),
        ("水灵灵的蔬菜。", "水灵灵", None),
        ("出席的有艾力·依明。", "艾力", "艾力·依明"),
        ("会长青原和彦到场。", "青原", "青原和彦"),
        # foreign names need a post beside them: firms are written alike
        ("总统菲雷西表示。", "菲雷西", "菲雷西"),
        ("菲雷西表示。", "菲雷西", None),
        ("专家卡尔·冯·米勒介绍。", "卡尔·冯·米勒", "卡尔·冯·米勒"),
        ("林知远新时代中国特色社会主义思想", "林知远", None),
    ],
)
def test_the_models_people_are_checked(text, model, expected):
    assert [p[0] for p in people(text, person=(model,))] == ([expected] if expected else [])


def test_a_name_that_leads_a_long_list_is_asked_once_for_the_names_beside_it():
    # each name found beside another doubled the work for the rest of the list
    names = [f"{surname}{given}" for surname in "林何赵钱孙李周吴郑王" for given in ("知远", "小禾", "明达", "文山")]
    found = [name for name, _, _ in people("到场的有县领导" + "、".join(names) + "。", 林知远="person")]
    assert found == names
