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
            "启明发展集团党委书记、总经理何青说。",
            [("何青", "党委书记、总经理", "启明发展集团")],
        ),
        ("县委副书记、县长欧阳明出席。", [("欧阳明", "县长", None)]),
        ("新区党工委委员、区委书记林知远说。", [("林知远", "书记", "区委")]),
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
        ("会议在临川召开。 林知远 何青", [("林知远", None, None), ("何青", None, None)]),
        ("会议在临川召开。 林 知远 何 青", [("林知远", None, None), ("何青", None, None)]),
    ],
)
def test_posts_and_bodies_beside_names(text, expected):
    assert people(text, person=("林知远", "何青", "欧阳明", "赵小禾")) == expected


def test_a_name_known_once_is_found_again():
    text = "临川市财政局局长林知远表示。如今，林知远带队。"
    assert people(text) == [("林知远", "局长", "临川市财政局"), ("林知远", None, None)]


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
        ("习近平新时代中国特色社会主义思想", "习近平", None),
    ],
)
def test_the_models_people_are_checked(text, model, expected):
    assert [p[0] for p in people(text, person=(model,))] == ([expected] if expected else [])
