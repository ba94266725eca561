"""Bytes become text, or a clear error says why not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read import ReadError, decode, read_text

ARTICLE = (
    "近日，云岭市召开全市经济工作会议，总结去年工作，部署今年任务。会议提出，各乡镇要尽早修好水渠，备足茶苗肥料，"
    "赶在雨季之前栽完山上茶树。\n"
)


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
    ],
)
def test_the_usual_encodings_of_chinese_files_are_read(encoding, name):
    assert decode(ARTICLE.encode(encoding)) == (ARTICLE, name)


def test_big5_is_not_taken_for_gb18030():
    traditional = "近日，雲嶺市召開全市經濟工作會議，總結去年工作，部署今年任務。會議提出，各鄉鎮要盡早修好水渠。" * 3
    assert decode(traditional.encode("big5"))[0] == traditional


def test_line_ends_are_kept_as_they_are(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("一\r\n二\r三\n".encode())
    assert read_text(path)[0] == "一\r\n二\r三\n"


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"", "the file is empty"),
        (b" \n\t\n", "the file is empty"),
        ("\ufeff \n".encode(), "the file is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        (bytes(range(1, 32)) * 20, "binary"),
        (b"\xff\xfe\x00", "not valid utf-16"),
        (b"\xef\xbb\xbf\xff\xff", "not valid utf-8"),
    ],
)
def test_what_is_no_text_is_refused_with_its_cause(content, cause):
    with pytest.raises(ReadError, match=cause):
        decode(content)


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_a_read_error(content):
    try:
        text, _ = decode(content)
    except ReadError:
        return
    assert text.strip()
