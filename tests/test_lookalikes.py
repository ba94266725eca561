"""Look-alike characters: what the scanner surely misread is given back, everything else stays as it is."""

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean.lookalikes import Lookalikes
from pipeline.rule_files import RulebookError
from pipeline.rulebook import load_rulebook

RULEBOOK = load_rulebook()
LOOKALIKES = Lookalikes(RULEBOOK)
POLICY = Path(__file__).parents[2] / "shared" / "corpora" / "policy" / "articles.jsonl.gz"


def repaired(line: str) -> str:
    characters = list(line)
    for edit in LOOKALIKES(line):
        characters[edit.start : edit.end] = edit.text
    return "".join(characters)


@pytest.mark.parametrize(
    ("misread", "printed"),
    [
        ("2O21年", "2021年"),
        ("增长3l.5%", "增长31.5%"),
        ("总投资1B0亿元", "总投资180亿元"),
        ("下降S.8%", "下降5.8%"),
        ("下降Z.S%", "下降2.5%"),
        ("到Z025年", "到2025年"),
        ("（Z021—2023年）", "（2021—2023年）"),
        ("云政办〔Z022〕5号", "云政办〔2022〕5号"),
        ("3月I5日", "3月15日"),
        ("新建l2个站点", "新建12个站点"),
        ("贷款l6O亿元", "贷款160亿元"),
        ("不少于1S天", "不少于15天"),
        ("车间有3b台机床", "车间有36台机床"),
        ("补助1O,000元", "补助10,000元"),
        ("新增1O、20和3O家企业", "新增10、20和30家企业"),
        ("２Ｏ２１年", "２0２１年"),
        ("近l.5万人", "近1.5万人"),
        ("年l月", "年1月"),
        ("完成情况:2B项", "完成情况:28项"),
    ],
)
def test_letters_inside_numbers_become_digits(misread, printed):
    assert repaired(misread) == printed


CODES = """
    A8轿车 B2B平台 O2O模式 5G基站300个 S7型 3D打印 C919客机 CO2排放 减排SO2万吨 4S店 4S门店 5S管理 3B栋 5l桶装水
    ISO9001认证 S22高速公路 802.11b PM2.5 IPv6 B1层 B12号 1.5L 60S b.2025年实施 P·O32.5水泥 http://a.cn/2O21年
    000001.SZ IO Z世代 24/7 X光机2台 10kV线路 MW级 6G技术 H7N9 K8s 5A级景区 B超 A1证 R&D投入 Z24列车 OO
"""


@pytest.mark.parametrize("text", [*CODES.split(), "the 2B pencil"])
def test_codes_and_names_keep_their_letters(text):
    assert LOOKALIKES(text) == []


@pytest.mark.parametrize(
    ("misread", "printed"),
    [
        ("采用0CR识别", "采用OCR识别"),
        ("通过I5O认证", "通过ISO认证"),
        ("1oT平台", "IoT平台"),
        ("V0Cs治理", "VOCs治理"),
        ("A1大模型", "AI大模型"),
        ("购买5UV", "购买SUV"),
    ],
)
def test_digits_inside_latin_words_become_letters(misread, printed):
    assert repaired(misread) == printed


@pytest.mark.parametrize(
    ("misread", "printed"),
    [
        ("重点顶目", "重点项目"),
        ("新签约顶目57个", "新签约项目57个"),
        ("材料减至7顶，", "材料减至7项，"),
        ("综合冶理", "综合治理"),
        ("人驻企业", "入驻企业"),
        ("财政收人", "财政收入"),
        ("这时侯", "这时候"),
        ("运输贷物", "运输货物"),
        ("安微省", "安徽省"),
        ("发展自已", "发展自己"),
        ("己经建成", "已经建成"),
        ("巳经建成", "已经建成"),
        ("面向末来", "面向未来"),
        ("世纪未", "世纪末"),
        ("3月5曰", "3月5日"),
        ("每月１曰", "每月１日"),
        ("利用士地", "利用土地"),
        ("领导千部", "领导干部"),
        ("不断扩太", "不断扩大"),
        ("财政拔款", "财政拨款"),
        ("统计分折", "统计分析"),
        ("小徽企业", "小微企业"),
        ("信货支持", "信贷支持"),
        ("贵彻落实", "贯彻落实"),
        ("进—步", "进一步"),
    ],
)
def test_misread_words_are_given_back(misread, printed):
    assert repaired(misread) == printed


RIGHT = """
    引进人才 吸收人才 资深人士 夜深人静 个人账户 收入人员 输入入口 投入人力 载人航天 参加人数 退役军人职业 冶金工业
    陶冶情操 徽章 安徽企业 自己经营 来自已建成的项目 舍己为人 推己及人 年末完成 期末能力测试 年未完成 数千部手机
    大千世界 亚太地区 参加太极拳 折扣 部分折价 眼睛转动 提供贷款 销货款项 屋顶 3000顶帐篷 一顶帽子 平顶 子曰：
    研究竞争 瑞士法郎 博士地位 高于预期 有助于净化 以便宣传 因难以承受 同时问了 系统——管理 面临管理
    因地制宜布局 副主任房某 占领城区 时候 等候
"""


@pytest.mark.parametrize("text", RIGHT.split())
def test_what_is_right_stays(text):
    assert LOOKALIKES(text) == []


def test_every_listed_word_is_repaired_and_itself_left_alone():
    for (read, printed), words in RULEBOOK.groups("lookalikes").items():
        for word in (w.replace("0", "7") for w in words):
            assert LOOKALIKES(word) == [], word
            for i, character in enumerate(word):
                if character == printed:
                    assert repaired(word[:i] + read + word[i + 1 :]) == word


def test_every_kept_word_is_left_alone():
    assert [w for w in RULEBOOK.words("lookalike_keeps") if LOOKALIKES(w.replace("0", "7"))] == []


CHARACTERS = "人入己已末未曰日士土千干太大冶治贷货顶项目收投自来经地部O0l1IS5B8Zb2６Ｏ.．,，%％年月亿元个 AaT-〔〕"


@given(st.text(st.sampled_from(CHARACTERS) | st.characters(codec="utf-8"), max_size=60))
def test_edits_are_ordered_single_characters_that_change_something(line):
    edits = LOOKALIKES(line)
    assert [e.start for e in edits] == sorted({e.start for e in edits})
    assert all(e.end == e.start + 1 and len(e.text) == 1 and e.text != line[e.start] for e in edits)


@given(st.integers(0, 10**7), st.sampled_from(["万元", "亿元", "%", "家", "项", "人"]), st.data())
def test_one_misread_digit_before_a_unit_is_read_back(number, unit, data):
    digits = str(number)
    alike = {"0": "Oo", "1": "lI", "5": "S", "8": "B", "2": "Z", "6": "b"}
    places = [i for i, d in enumerate(digits) if d in alike and (i or d != "0")]
    if len(digits) < 2 or not places:
        return
    i = data.draw(st.sampled_from(places))
    letter = data.draw(st.sampled_from(alike[digits[i]]))
    assert repaired(f"达到{digits[:i]}{letter}{digits[i + 1 :]}{unit}") == f"达到{digits}{unit}"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("words: {lookalikes: {折拆拨: [拆迁]}}", "no pair"),
        ("words: {lookalikes: {贵贯: [贯]}}", "no neighbour"),
        ("words: {lookalikes: {顶须: [须目]}}", "misread from both"),
    ],
)
def test_contradictory_lists_are_refused(tmp_path, content, message):
    (tmp_path / "more.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(RulebookError, match=message):
        Lookalikes(load_rulebook([tmp_path]))


@pytest.mark.skipif(not POLICY.exists(), reason="the policy corpus is not in the repository")
def test_clean_policy_text_is_hardly_touched():
    with gzip.open(POLICY, "rt", encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for _, line in zip(range(200), file, strict=False)]
    lines = [line for text in texts for line in text.split("\n")]
    characters = sum(map(len, lines))
    assert sum(len(LOOKALIKES(line)) for line in lines) < 1e-5 * characters
