"""What reports say of their quantities: done or to be done, chapter by chapter; what is measured; by when."""

import pytest

from pipeline.document import Document
from pipeline.write import records


def quantities(pipeline, text, published=None):
    """Record of each quantity by its text, its horizon as text."""
    document = pipeline.process(Document("a.txt", text, published))
    assert not [i for i in document.issues if i.fatal]
    found = records(document)
    texts = {r.id: r.text for r in found}
    return {
        r.text: {**r.model_dump(), "horizon": texts.get(r.horizon)} for r in found if r.kind in ("target", "figure")
    }


REVIEW = "一、2031年工作回顾\n{}\n"
PLAN = "二、2032年主要目标任务\n{}\n"


@pytest.mark.parametrize(
    "sentence",
    [
        "积极争取上级支持，全年落实专项资金26亿元。",
        "圆满完成年度目标任务。新建驿站26座。",
        "单位能耗预计下降26%。",
        "聚焦发展目标，奋力拼搏，就业增加26万人。",
        "确保用水安全，改造管网26公里。",
    ],
)
def test_a_stray_word_of_planning_makes_no_plan_of_what_was_done(pipeline, sentence):
    assert {r["kind"] for r in quantities(pipeline, REVIEW.format(sentence)).values()} == {"figure"}


def test_a_chapter_on_what_was_done_may_look_ahead(pipeline):
    text = REVIEW.format("环线开工建设，将于明年新增泊位26个。步道全长41公里。")
    found = quantities(pipeline, text)
    assert (found["26个"]["kind"], found["41公里"]["kind"]) == ("target", "figure")


@pytest.mark.parametrize("sentence", ["产值增长6%。", "突出项目攻坚，完成投资26亿元。", "新增驿站26座。"])
def test_a_chapter_on_what_is_to_be_done_needs_no_modal_words(pipeline, sentence):
    assert {r["kind"] for r in quantities(pipeline, PLAN.format(sentence)).values()} == {"target"}


def test_a_chapter_on_what_is_to_be_done_may_look_back(pipeline):
    found = quantities(pipeline, PLAN.format("去年已建成驿站26座。\n铺设管网41公里。"))
    assert (found["26座"]["kind"], found["41公里"]["kind"]) == ("figure", "target")


def test_the_next_chapter_ends_the_one_before(pipeline):
    found = quantities(pipeline, PLAN.format("新增驿站26座。") + "三、附则\n环线全长41公里。")
    assert (found["26座"]["kind"], found["41公里"]["kind"]) == ("target", "figure")


def test_a_heading_of_tasks_needs_no_number_and_reaches_to_the_next_one_of_its_kind(pipeline):
    text = "主要任务\n● 办好茶乡实事\n铺设管网41公里。\n茶乡新貌\n环线全长26公里，有驿站9座。"
    found = quantities(pipeline, f"青石县茶乡建设方案\n记者 何青\n茶乡今天召开大会，部署下一年度的工作。\n{text}")
    assert (found["41公里"]["kind"], found["26公里"]["kind"]) == ("target", "figure")


def test_an_aim_in_so_many_words_opens_a_plan(pipeline):
    text = "今年青石县的预期目标是：产值增长6%。茶农收入与茶价增幅一致。零售额增长9%。"
    assert {r["kind"] for r in quantities(pipeline, text).values()} == {"target"}


@pytest.mark.parametrize(
    ("text", "mention", "kind"),
    [
        ("试验线可望在今年投产。全年施工项目74个。", "74个", "figure"),
        ("茶路赤字拟安排9亿元，比去年预算减少2亿元。", "2亿元", "target"),
        ("采茶量比去年同期增长37%左右。", "37%左右", "figure"),
        ("预算由2007年的32亿元增加到2011年的168亿元。", "168亿元", "figure"),
        ("产值比原定计划还少3%。", "3%", "figure"),
        ("全年茶叶产量将破20万吨。", "20万吨", "target"),
        ("建强茶叶实验室，支持3家茶坊建设。推进已批建的茶园建设，新组建茶社9家。大力引育茶师。", "9家", "target"),
        ("茶商愿以8200万元入伙。", "8200万元", "target"),
        ("茶农贷款额度最高9万元。", "9万元", "target"),
        ("茶会谈如何打造茶都，来自9个茶区的茶师41人到场。", "41人", "figure"),
        ("水渠将缩短灌溉周期9天。", "9天", "target"),
        ("茶叶外销超过9万吨，有力促进增收。", "超过9万吨", "figure"),
        ("为了在2041年前达到产茶500吨的水平。", "500吨", "target"),
        ("支教队36名队员出发，他们将为山村儿童上课。", "36名", "figure"),
        ("总投资3亿元，建成后将为全县供水。", "3亿元", "target"),
        ("覆盖率应达到50%。然而，眼下覆盖率只有30%。", "30%", "figure"),
        ("步道里程比“十三五”末增加36公里。", "36公里", "figure"),
        ("驿站36座投入使用。", "36座", "figure"),
        ("今年，我们将接续办好36件实事。", "36件", "target"),
        ("茶价上调将使茶馆成本增加约9万元。茶馆用茶36万斤。", "36万斤", "figure"),
        ("累计争取扶持资金36亿元。", "36亿元", "figure"),
        ("茶厂计划完成投资36亿元。", "36亿元", "target"),
        ("茶园水渠概算总投资36亿元。", "36亿元", "target"),
        ("年初以来，开工项目9个，预计年内完工；落户茶企36家。", "36家", "figure"),
        ("今年茶校毕业生26万人，再创新高，要帮他们就业。", "26万人", "figure"),
        ("据统计，到9月底前，开工茶园项目36个。", "36个", "figure"),
        ("到2031年已有茶馆36家。", "36家", "figure"),
        ("茶路路幅将从现在的9米拓宽到36米。", "9米", "figure"),
        ("茶路路幅将从现在的9米拓宽到36米。", "36米", "target"),
        ("茶企计划全年销售茶砖36万块，较2031年9万块的成绩更进一步。", "9万块", "figure"),
        ("到2041年，茶叶产量比2031年翻一番。", "翻一番", "target"),
        ("《茶园管理办法》规定，每亩施肥36公斤。", "36公斤", "target"),
        ("茶业局印发通知，要求科学采茶。茶农每户种茶36亩。", "36亩", "target"),
        ("主管部门的通知明确了茶价为每斤36元。", "36元", "figure"),
        ("茶厂制定了“茶海”计划，总投资36亿元。", "36亿元", "target"),
        ("茶站围绕增收目标，购入茶苗36万元。", "36万元", "figure"),
        ("项目主要建设内容为：改建水渠36条。", "36条", "target"),
        ("3月4日9:00—3月8日17:00，茶农登录系统，填报36个品种。", "36个", "target"),
        ("全县计划播种36万亩（水田9万亩）。", "9万亩", "target"),
        ("制茶行业要淘汰36座土窑。", "36座", "target"),
        ("拒不改正的，处36万元以下的罚款。", "36万元以下", "target"),
        ("茶农按每人36元给予补贴。", "36元", "target"),
        ("必须多种茶。目前，茶园占比36%。", "36%", "figure"),
        ("今年将把茶馆从目前的9家增加到36家。", "36家", "target"),
        ("为实现增收目标，采茶36万斤。", "36万斤", "target"),
        ("茶业新区36名干部了解规划建设、茶园布局等。", "36名", "figure"),
        ("重大项目建成投产，新增茶窑36座。", "36座", "figure"),
        ("今年拟把茶税率从去年的2%提高到36%。", "36%", "target"),
        ("如果按每座茶窑36元计算，茶市将达9亿元。", "36元", "figure"),
        ("茶县将向茶乡供水36吨。", "36吨", "target"),
        ("申请人年龄在36周岁以下。", "36周岁以下", "target"),
        ("年龄在36周岁以下的茶农会采茶。", "36周岁以下", "figure"),
        ("茶厂须有茶窑36座。", "36座", "target"),
        ("到2041年建成驿站9座。据茶协统计，全县有茶馆36家。", "36家", "figure"),
        ("近日，茶业局下达资金36万元，对茶农给予适当补助。", "36万元", "figure"),
        ("届时，茶馆为36家。", "36家", "target"),
    ],
)
def test_planned_or_reached(pipeline, text, mention, kind):
    assert quantities(pipeline, text)[mention]["kind"] == kind


@pytest.mark.parametrize(
    ("dateline", "sentence", "kind"),
    [
        ("发布时间：2031-04-14\n", "2032年茶叶产量达到5万吨。", "target"),
        ("发布时间：2033-04-14\n", "2032年茶叶产量达到5万吨。", "figure"),
        ("发布时间：2033-04-14\n", "到2032年茶叶产量达到5万吨。", "figure"),
        ("", "到2032年茶叶产量达到5万吨。", "target"),
    ],
)
def test_the_articles_own_date_line_tells_what_lies_ahead(pipeline, dateline, sentence, kind):
    text = f"青石县茶园记事\n{dateline}\n{sentence}\n"
    assert quantities(pipeline, text)["5万吨"]["kind"] == kind


@pytest.mark.parametrize(
    ("text", "mention", "indicator"),
    [
        ("山村茶农户均可支配收入增长6%。", "6%", "山村茶农户均可支配收入"),
        ("茶汤多酚平均浓度下降9%。", "9%", "茶汤多酚平均浓度"),
        ("饮料、糕点抽检合格率分别达98%、97%。", "98%", "饮料抽检合格率"),
        ("制茶业、茶具业增加值分别增长7%、6%。", "7%", "制茶业增加值"),
        ("边境茶贸增速高于全县8个百分点。", "8个百分点", "边境茶贸增速"),
        ("而钾肥产量为50万吨。", "50万吨", "钾肥产量"),
        ("各类养老机构比上年增加7家。", "7家", "各类养老机构"),
        ("与38个国家和地区通邮。", "38个", "国家和地区通邮"),
        ("班列（临川）今年开行超100列。", "超100列", "班列（临川）开行"),
        ("茶业增产预期下调至3%。", "3%", "茶业增产预期"),
        ("取缔非法茶叶作坊34家。", "34家", "非法茶叶作坊"),
        ("国内生产总值下降4%。", "4%", "国内生产总值"),
        ("招募90名人才专员。", "90名", "人才专员"),
        ("发行超长期茶业公债3亿元。", "3亿元", "超长期茶业公债"),
        ("“双优”茶企突破90家。", "突破90家", "“双优”茶企"),
        ("（七）茶园租金收入达3亿元。", "3亿元", "茶园租金收入"),
        ("果品（主要指鲜果）产值达3亿元。", "3亿元", "果品产值"),
        ("茶产业在甲、乙等大户带动下增长9%。", "9%", "茶产业"),
        ("灌溉用水量从漫灌的90吨减少至滴灌的约30吨。", "约30吨", "灌溉用水量"),
        ("茶业体量到了6亿元以上的新高位。", "6亿元以上", "茶业体量"),
        ("计划投资46亿元用于水渠改造。", "46亿元", "水渠改造投资"),
        ("形成3家年产值过百亿元的茶业集团。", "3家", "茶业集团"),
        ("年产值亿元以上茶企26家，过20亿元企业3家。", "过20亿元", "年产值"),
        ("全国16个省区市的作品参展。", "16个", "省区市"),
        ("茶叶出口达29万吨。", "29万吨", "茶叶出口"),
        ("新增书屋、驿站8家、9家。", "9家", "驿站"),
        ("云青铁路连接临川和云岭，全长46公里。", "46公里", "云青铁路全长"),
        ("列入重点项目26个，其中青石县7个。", "7个", "重点项目"),
        ("茶产业产值9亿元，占种植业总收入的33%。", "33%", "占种植业总收入"),
        ("从2031年到2035年力争实现茶叶年总产值翻一番。", "翻一番", "茶叶年总产值"),
        # what a sum is paid as, for whom and how often aside
        ("对达标茶企给予每家26万元一次性奖励。", "26万元", "一次性奖励"),
        ("对省级、市级驿站分别给予每家41万元、26万元补助。", "41万元", "补助"),
        ("补助限额为在职人员每人每月260元、退休人员每人每月410元。", "260元", "补助限额"),
        ("补助限额为在职人员每人每月260元、退休人员每人每月410元。", "410元", "补助限额"),
        ("由登记机关处2万元以上9万元以下罚款。", "2万元以上9万元以下", "罚款"),
        ("茶企46家，城乡居民茶叶消费分别增长4%、6%。", "4%", "城乡居民茶叶消费"),
        ("按每亩260元的标准发放补贴。", "260元", "补贴标准"),
        ("茶园项目完成投资26亿元，其中临川茶业公司9亿元。", "9亿元", "投资"),
        # what is counted ends where a predicate, a time or the next quantity's own noun begins
        ("共有46个茶园使用了滴灌。", "46个", "茶园"),
        ("两户茶企近年来开发新茶。", "两户", "茶企"),
        ("三家茶企的产值达9亿元。", "三家", "茶企"),
        ("7个茶园总投资超4亿元。", "7个", "茶园"),
        ("解决26万农村居民的饮水问题。", "26万", "农村居民"),
        ("新建4个35千伏变电站。", "4个", "35千伏变电站"),
        ("采购26部4100元的测土仪。", "26部", "测土仪"),
        ("推进26个采（制）茶项目。", "26个", "采（制）茶项目"),
        ("26家企业入选茶业名录。", "26家", "入选茶业名录的企业"),
        # what stands with its whole
        ("云岭征文奖41项，其中一等奖6项、二等奖35项。", "6项", "云岭征文奖一等奖"),
        ("云岭征文奖41项，其中一等奖6项、二等奖35项。", "35项", "云岭征文奖二等奖"),
        ("春茶销路拉动全县茶税增长3.4个百分点。", "3.4个百分点", "全县茶税"),
        # what is around a noun and no part of it
        ("茶价暴涨26%。", "26%", "茶价"),
        ("茶叶产量在前年翻番丰收的基础上，又增产26万斤。", "26万斤", "茶叶产量"),
        ("茶农收入增长9%，扣除茶价因素增长6%。", "6%", "茶农收入"),
        ("茶业用水（W2）总量26万吨。", "26万吨", "茶业用水（W2）总量"),
        ("茶叶消费对茶农增收的贡献率达96%。", "96%", "茶叶消费对茶农增收的贡献率"),
        ("茶业碳排放连年下降，累计降幅达9%。", "9%", "茶业碳排放降幅"),
        ("茶业智算服务器超26台。", "超26台", "茶业智算服务器"),
        ("职工、居民茶补比例分别提高至85%、68%。", "68%", "居民茶补比例"),
        ("毛茶出口价格下降26%。", "26%", "毛茶出口价格"),
        ("茶叶总产再创历史新高，增长26%。", "26%", "茶叶总产"),
        ("茶农上门签约采摘覆盖率达96%。", "96%", "茶农上门签约采摘覆盖率"),
        ("毛茶合约结算价下跌26元。", "26元", "毛茶合约结算价"),
        ("完成退茶还林26亩。", "26亩", "退茶还林"),
        ("绿茶4月销量为26万吨。", "26万吨", "绿茶销量"),
        ("茶具行业产值年均增速达6%。", "6%", "茶具行业产值增速"),
        ("茶税连续4年调减比例超6%。", "超6%", "茶税比例"),
        ("毛茶均价26元，较上周下跌0.3元，跌幅1.2%。", "1.2%", "毛茶跌幅"),
        ("茶农互助基金总收入9亿元，同比增长4%，总支出7亿元。", "7亿元", "茶农互助基金总支出"),
        ("茶园水渠落实投资9亿元，完成投资7亿元。", "7亿元", "茶园水渠投资"),
        ("新开工茶厂9家、完成投资7亿元。", "7亿元", "茶厂投资"),
        ("签约茶企9家，合计总投资7亿元。", "7亿元", "茶企总投资"),
        ("青石茶社游客量居临近山乡首位。", "首位", "青石茶社游客量"),
        ("国内第二大茶叶流通企业落户青石县。", "第二", "茶叶流通企业"),
        ("前十位企业的茶叶产量超6万吨。", "前十位", "企业"),
        ("海拔900米以上茶园实现通水。", "900米以上", "海拔"),
        ("建设6亿元产值的茶叶基地。", "6亿元", "产值"),
        ("建设2个有名的6亿元产值的茶叶基地。", "2个", "茶叶基地"),
        ("来自各村的茶农、茶师等90多人进行座谈。", "90多人", "来自各村的茶农、茶师"),
        ("已有9万人获得了购茶指标。", "9万人", "获得购茶指标"),
        ("60岁以上老人健康管理率达96%。", "60岁以上", "老人"),
        ("9所茶校的学生参观茶园。", "9所", "茶校"),
        ("茶艺补贴标准：博士每月3000元。", "3000元", "茶艺补贴标准"),
        ("细则写得薄薄几页：博士每月3000元。", "3000元", "博士"),
        ("36项许可和备案事项纳入茶乡平台。", "36项", "许可和备案事项"),
        ("确保90%的茶厂达到甲级排放标准。", "90%", "达到甲级排放标准的茶厂"),
        ("茶库涵盖绿茶、红茶等36个大项。", "36个", "大项"),
        ("茶园面积依然不断扩大到26万亩。", "26万亩", "茶园面积"),
        ("茶具行业从业人员26万名。", "26万名", "茶具行业从业人员"),
        ("绿茶、红茶、花茶（散装）合格率分别达96%、97%、98%。", "97%", "红茶合格率"),
        ("茶农增收贷款每户每年最高限额增加4100元。", "4100元", "茶农增收贷款最高限额"),
    ],
)
def test_what_is_measured(pipeline, text, mention, indicator):
    assert quantities(pipeline, text)[mention]["indicator"] == indicator


@pytest.mark.parametrize(
    ("text", "mention", "horizon"),
    [
        ("一季度产值增长4%，二季度增长6%，三季度增长5%。", "6%", "二季度"),
        ("进出口连续4年居全省前列，新建码头9个。", "9个", None),
        ("产量连续4年超过9亿斤。", "超过9亿斤", "4年"),
        ("产值比2030年增长6%。", "6%", None),
        ("已连续下滑14个月，其中大米跌幅达9%。", "9%", None),
        ("2029年五年增量超3亿元，人均产值达9万元。", "9万元", "2029年"),
        ("“十五五”期间投资超3亿元，带动就业超9万人，平均每年新雇2万人。", "2万人", "每年"),
        ("2031年至2035年平均每年增长6%。", "6%", "2031年至2035年"),
        ("产值增长6%（一季度为3%），其中（不含茶园）茶企增长9%。", "9%", None),
        ("2031年底前安装300部，并计划换新200部。", "200部", None),
        ("今年为“十五五”末建成百座驿站打下基础。", "百座", "“十五五”末"),
        ("产值为2031年的96%。", "96%", None),
        ("据对试种两个月的记录分析，选出三个品种。", "三个", None),
        ("未来五年的目标收入增长率在9%左右。", "9%左右", "未来五年"),
        ("试种村由上年的9个增加到26个，入社人数增加7万人。", "7万人", None),
        ("2031年9月，县志写道：“茶园百废待兴，存茶9万斤。”", "9万斤", None),
        ("2035年前，全县要“形成茶叶加工企业9家，产值超3亿元”。", "9家", "2035年前"),
        ("2031年以来，落地茶园项目26个。其中，投资6亿元的茶厂已投产。", "6亿元", None),
        ("2031年，茶叶出口9万吨。其中，绿茶出口6万吨。", "6万吨", "2031年"),
        ("四年左右的时间培训向导300名。\n同时，新建驿站90座。", "90座", "四年左右"),
        ("2031年培训向导300名。\n同时，新建驿站90座。", "90座", None),
        ("年初以来，开工项目9个，预计年内完工；落户茶企26家。", "26家", "年初以来"),
        ("进出口达96亿元，超2031年全年规模；其中，出口增长26%。", "26%", None),
        ("截至目前，今年开行茶叶班列26列、发运茶砖41箱，分别增长6%、9%。", "6%", "今年"),
        ("打好茶园整治三年行动收官战，通水率达96%。", "96%", None),
        ("成立三年来，茶企卖茶26万斤。", "26万斤", "三年来"),
        ("7日，茶展在茶馆开幕，来自各地的茶商90人参加。", "90人", None),
        ("7日，茶园9家的评选结果公布。", "9家", "7日"),
        ("县里将在今年上半年发行2031年国债9亿元。", "9亿元", "今年上半年"),
        ("7日，红茶9月合约报价96元。", "96元", "7日"),
        ("2031年国债发行9亿元。", "9亿元", "2031年"),
        ("收入从2031年的9600元和4100元分别提高到26000元和7400元。", "4100元", "2031年"),
        ("收入从2031年的9600元和4100元分别提高到26000元和7400元。", "7400元", None),
        ("茶业将成为今年茶县增长最快的产业，占比将达到30%。", "30%", "今年"),
        ("按照“三年大变样”的思路，投资9亿元。", "9亿元", None),
        ("2041年的主要目标是：\n茶业提质。建成茶园9家。\n茶旅融合。新建驿站26座。", "26座", "2041年"),
        ("2041年的主要目标是：\n茶业提质。建成茶园9家。\n二、保障措施\n新建驿站26座。", "26座", None),
        ("2031年，县长说：\n茶业提质。茶园有9家。", "9家", None),
        ("目前正待审批，概算总投资26亿元。", "26亿元", None),
        ("除2031年外，茶叶增速均在26%以上。", "26%以上", None),
        ("比例由2031年的5：1缩小到2.6：1。", "2.6：1", None),
        ("今年茶税率从去年的2%提高到3%。其中，绿茶26%。", "26%", "今年"),
        ("落实县里年初出台的茶业意见，扶持茶厂26家。", "26家", None),
        ("一年来，抓了以下工作。\n（一）抓茶业\n新增茶窑26座。", "26座", "一年来"),
        ("今年茶叶产量20万吨，3年以下茶园占5%。\n（一）抓茶业\n新增茶窑26座。", "26座", None),
        ("一年来，茶业发展平稳。\n新增茶窑26座。", "26座", None),
    ],
)
def test_the_time_that_bounds_it(pipeline, text, mention, horizon):
    assert quantities(pipeline, text)[mention]["horizon"] == horizon


@pytest.mark.parametrize(
    ("text", "mention", "expected"),
    [
        ("综合指数为126点。", "126点", ("level", None)),
        ("综合指数下滑至96点。", "96点", ("level", "down")),
        ("综合指数回落6点。", "6点", ("change", "down")),
        ("新增书屋26家，茶馆数量超900家。", "超900家", ("level", None)),
        ("缺水人口减少26万人；41万茶农用上自来水。", "41万", ("level", None)),
        ("茶企支出压减比例达6%。", "6%", ("rate", "down")),
        ("茶业贷款利率比上年下降6%。", "6%", ("rate", "down")),
        ("茶业贷款利率高于6%。", "高于6%", ("level", None)),
        ("茶厂营业利润率为6%。", "6%", ("level", None)),
        ("新增茶企6户、茶社41户，9家茶楼上市。", "9家", ("level", None)),
        ("新增茶企6户、茶社41户，发布茶业岗位9个。", "9个", ("level", None)),
        ("调减茶园面积9万亩。", "9万亩", ("change", "down")),
        ("路面从9米拓宽到26米。", "26米", ("level", "up")),
    ],
)
def test_a_level_or_a_change(pipeline, text, mention, expected):
    found = quantities(pipeline, text)[mention]
    assert (found["measure"], found["direction"]) == expected


def test_as_many_baselines_as_outcomes(pipeline):
    found = quantities(pipeline, "茶农和果农收入从2031年的9600元和4100元分别提高到26000元和7400元。")
    assert [float(found[m]["baseline"]) for m in ("26000元", "7400元")] == [9600, 4100]
    assert found["9600元"]["baseline"] is None and found["4100元"]["baseline"] is None


TASKS = (
    "加快建设茶乡驿站，健全茶农服务体系，着力提升茶业品质。推动茶园提质，新增茶园9万亩。"
    "强化茶业人才支撑，为26万名茶农开展培训。"
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (TASKS, "target"),
        (f"3.茶农增收方面。{TASKS}", "target"),
        (f"二是{TASKS}", "target"),
        # what is planned in so many words was not done
        (f"{TASKS}力争茶业产值增长6%。", "target"),
        # a sentence tells what was reached
        (f"{TASKS}累计达到茶园41万亩。", "figure"),
        (f"{TASKS}茶园入选茶谱。", "figure"),
        (f"{TASKS}去年建成驿站6座。", "figure"),
        (f"{TASKS}茶叶出口增长了两成。", "figure"),
        # all sounds like what was done
        ("茶乡驿站扎实推进，建成驿站6座，新增茶园9万亩。茶业品质持续提升，26万名茶农走上讲台。", "figure"),
    ],
)
def test_a_paragraph_of_tasks_is_a_plan(pipeline, text, kind):
    found = quantities(pipeline, text)
    assert {found["9万亩"]["kind"], found["26万名"]["kind"]} == {kind}


def test_tasks_end_with_their_paragraph(pipeline):
    found = quantities(pipeline, f"{TASKS}\n{TASKS}\n海棠区有茶馆41家。")
    assert (found["9万亩"]["kind"], found["41家"]["kind"]) == ("target", "figure")


def test_a_numbered_list_of_tasks_goes_on(pipeline):
    found = quantities(pipeline, f"3.茶农增收方面。{TASKS}\n4.驿站方面。全域茶路建设41公里。")
    assert found["41公里"]["kind"] == "target"


@pytest.mark.parametrize(
    ("after", "kind"),
    [
        ("在海棠区的茶馆里，茶客41人围坐。", "figure"),
        ("二、茶厂概况\n海棠茶厂建于山间，注册资本41万元。", "figure"),
        ("海棠茶厂有茶窑41座", "figure"),
        ("推动茶园提质增效，健全茶农服务体系，着力提升茶业品质。强化人才支撑，新增茶窑41座。", "target"),
        ("此外，茶窑41座。", "target"),
        ("（二）茶窑41座。", "target"),
        ("茶业稳步发展，有茶窑41座。茶农增收明显。", "figure"),
    ],
)
def test_a_plan_goes_on_over_paragraphs_of_tasks_and_lists(pipeline, after, kind):
    found = quantities(pipeline, f"未来，茶厂将新建驿站9座。\n{after}")
    assert (found["9座"]["kind"], next(r for t, r in found.items() if t.startswith("41"))["kind"]) == ("target", kind)


def test_a_stray_word_makes_no_plan_of_a_review(pipeline):
    review = "茶农收入稳步提高，茶业增加值达到4.1亿元、居全区首位。茶叶品质显著提升，6家茶厂建成投产。"
    found = quantities(pipeline, f"茶园改造成效明显，主动争取茶业资金9亿元。{review}")
    assert {found["4.1亿元"]["kind"], found["6家"]["kind"]} == {"figure"}


def test_what_is_to_be_goes_on_whatever_it_sounds_like(pipeline):
    found = quantities(pipeline, "海棠茶厂将于明年改建。改建面积9.26万平方米，总投资4.1亿元。")
    assert {found["9.26万平方米"]["kind"], found["4.1亿元"]["kind"]} == {"target"}


def test_an_age_is_no_plan(pipeline):
    found = quantities(pipeline, "加快建设茶乡驿站，健全茶农服务体系。强化关爱，为60岁以上茶农送茶9万份。")
    assert (found["60岁以上"]["kind"], found["9万份"]["kind"]) == ("figure", "target")


@pytest.mark.parametrize(("text", "mention"), [("粮食增产42亿斤。", "42亿斤"), ("粮食减产42亿斤。", "42亿斤")])
def test_a_harvest_that_grows_is_a_change(pipeline, text, mention):
    found = quantities(pipeline, text)[mention]
    assert (found["measure"], found["indicator"]) == ("change", "粮食")
