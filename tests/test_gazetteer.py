"""The user's own names: what a file may hold, where they are found, and who wins where they overlap others."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from naming import of_kind, process

from pipeline.recognize.gazetteer import Entry, Gazetteer, GazetteerError, load_gazetteer

HEADER = "name,type,aliases\n"


def gazetteer(tmp_path, rows, header=HEADER, name="names.csv"):
    path = tmp_path / name
    path.write_text(header + rows, encoding="utf-8")
    return load_gazetteer(path)


def names_in(text, *forms):
    entries = {form: Entry(form, "company", 2) for form in forms}
    return [text[m.start : m.end] for m in Gazetteer(entries, "names.csv", "").find(text)]


@pytest.mark.parametrize(
    ("rows", "text", "expected"),
    [
        ("云岭投资,company,", "云岭投资签约。", [("云岭投资", "云岭投资", "company")]),
        (
            "云岭投资集团,company,云投|云岭投资",
            "云投增资云岭投资。",
            [("云投", "云岭投资集团", "company"), ("云岭投资", "云岭投资集团", "company")],
        ),
        # no type: the name's own words decide, also where the alias stands
        ("云岭市茶果研究院,,云茶院", "云茶院发布报告。", [("云茶院", "云岭市茶果研究院", "institute")]),
        # widths do not matter
        (
            "青禾AB(云岭)中心,platform,",
            "青禾ＡＢ（云岭）中心启用。",
            [("青禾ＡＢ（云岭）中心", "青禾AB(云岭)中心", "platform")],
        ),
        # the same name again, with more aliases
        ("启明集团,company,启明\n启明集团,company,明集", "明集签约。", [("明集", "启明集团", "company")]),
        ('"启明,集团",company,"启明"', "启明签约。", [("启明", "启明,集团", "company")]),
    ],
)
def test_bodies(tmp_path, rows, text, expected):
    found = of_kind(process(text, gazetteer=gazetteer(tmp_path, rows)), "organization")
    assert [(words, m.links.name, m.value.type) for words, m in found] == expected


def test_people_and_their_posts(tmp_path):
    own = gazetteer(tmp_path, "云岭投资集团,company,云投\n奥丽雅·林,person,小奥")
    found = of_kind(process("云投总裁小奥说。", gazetteer=own), "person")
    assert [(words, m.value.name, m.links.post, m.links.organization) for words, m in found] == [
        ("小奥", "奥丽雅·林", "总裁", "云岭投资集团")
    ]


def test_a_short_form_that_the_text_declares_is_short_for_the_given_name(tmp_path):
    own = gazetteer(tmp_path, "云岭投资发展集团,company,云岭投集")
    found = of_kind(process("云岭投集（以下简称岭投）签约。\n岭投增资。", gazetteer=own), "organization")
    assert [(words, m.links.name) for words, m in found] == [
        ("云岭投集", "云岭投资发展集团"),
        ("岭投", "云岭投资发展集团"),
        ("岭投", "云岭投资发展集团"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("启明签约。", ["启明"]),
        # a longer name, a title and an exclusion that contain it
        ("启明财务有限公司签约。", ["启明财务有限公司"]),
        ("印发《启明规划》。", []),
        ("学习启明精神。", []),
        # what it contains, or what laps over its border
        ("与青石县财政局驻村专班签约。", ["青石县财政局驻村专班"]),
        ("由县医院改制办负责。", ["医院改制办"]),
    ],
)
def test_who_wins(tmp_path, text, expected):
    own = gazetteer(tmp_path, "启明,person,\n青石县财政局驻村专班,government,\n医院改制办,government,")
    document = process(text, gazetteer=own, organization=("县医院",), person=())
    assert [words for words, m in (*of_kind(document, "organization"), *of_kind(document, "person"))] == expected


def test_without_a_gazetteer_nothing_is_given():
    assert of_kind(process("云投增资。"), "organization") == []


@pytest.mark.parametrize(
    ("text", "forms", "expected"),
    [
        ("临川高新区签约", ("临川", "临川高新区", "高新区"), ["临川高新区"]),
        ("甲乙丙丁", ("甲乙", "乙丙丁"), ["甲乙"]),
        # no name ends in the middle of a Latin word or a number
        ("DATA与AT、AT2", ("AT",), ["AT"]),
        ("与AT签约", ("AT",), ["AT"]),
        ("", ("启明",), []),
        ("启明\ud800启明", ("启明",), ["启明", "启明"]),
    ],
)
def test_where_names_are_found(text, forms, expected):
    assert names_in(text, *forms) == expected


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("name,typ\n启明,company\n", ":1: the header must be 'name,type,aliases', not 'name,typ'"),
        ("启明,company\n", ":1: the header must be"),
        (HEADER, ": no name below the header"),
        (HEADER + "启明,firm,\n", ":2: 'firm' is no type; there are government, party,"),
        (HEADER + "启明,company,\n ,company,\n", ":3: the name is empty"),
        (HEADER + "启明,company,明\n", ":2: '明' is one character: it would be found everywhere"),
        (HEADER + "启明,company,12\n", ":2: '12' has no letter"),
        (HEADER + '"启\n明",company,\n', ":3: '启\\n明' holds a line break"),
        (HEADER + "启明,company,云投,岭投\n", ":2: 4 fields under 3 columns (aliases are set apart by |)"),
        (HEADER + '"启明,company,\n', ":2: unexpected end of data"),
        (
            HEADER + "启明,company,云投\n云岭投资,company,云投\n",
            ":3: '云投' stands for '云岭投资' (company) here, but for '启明' (company) in line 2",
        ),
        (
            HEADER + "启明,company,\n启明,person,\n",
            ":3: '启明' stands for '启明' (person) here, but for '启明' (company) in line 2",
        ),
        ("", ": the file is empty"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(tmp_path, content, message):
    path = tmp_path / "names.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(GazetteerError) as refused:
        load_gazetteer(path)
    assert str(refused.value).startswith(f"{path}{message}")


@pytest.mark.parametrize("content", [b"name,type\n\xff\xfe\x00\x01,company\n", b"\x00\x01\x02"])
def test_a_file_that_is_no_text_is_refused(tmp_path, content):
    path = tmp_path / "names.csv"
    path.write_bytes(content)
    with pytest.raises(GazetteerError, match=r"names\.csv: this is a binary file"):
        load_gazetteer(path)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(GazetteerError, match=r"none\.csv: No such file"):
        load_gazetteer(tmp_path / "none.csv")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_table_that_a_spreadsheet_saved_is_read(tmp_path, encoding):
    path = tmp_path / "names.csv"
    rows = "".join(f"云岭第{i}茶果合作社,company,云茶{i}社\r\n" for i in range(40))
    path.write_bytes(("name,type,aliases\r\n" + rows).encode(encoding))
    assert len(load_gazetteer(path)) == 80


def test_a_table_with_tabs_and_without_aliases_is_read(tmp_path):
    own = gazetteer(tmp_path, "启明,集团\tcompany\n", header="name\ttype\n", name="names.tsv")
    assert [m.options["name"] for m in own.find("启明,集团")] == ["启明,集团"]


_HAN = st.text("甲乙丙丁（(ＡAa1·、。《》\n", max_size=40)


@given(st.sets(st.text("甲乙丙丁（(ＡAa1·", min_size=2, max_size=6), min_size=1, max_size=8), _HAN)
def test_names_are_found_where_they_stand(forms, text):
    found = list(Gazetteer({f: Entry(f, "", 2) for f in forms}, "names.csv", "").find(text))
    wide = str.maketrans("（Ａ", "(A")
    assert {text[m.start : m.end].translate(wide) for m in found} <= {f.translate(wide) for f in forms}
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(st.text(max_size=60))
def test_any_text_is_read(text):
    text += "启明"
    own = Gazetteer({"启明": Entry("启明", "company", 2)}, "names.csv", "")
    assert [text[m.start : m.end] for m in own.find(text)][-1] == "启明"


@given(st.binary(max_size=60))
def test_any_bytes_are_a_gazetteer_or_are_refused(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(b"name,type\n" + content)
    try:
        assert len(load_gazetteer(path)) > 0
    except GazetteerError as error:
        assert str(path) in str(error)
