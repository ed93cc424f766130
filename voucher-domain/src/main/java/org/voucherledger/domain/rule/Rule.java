package org.voucherledger.domain.rule;

import java.time.Instant;
import java.util.Collection;
import java.util.TreeSet;
import org.voucherledger.domain.money.Fen;

/**
 * The rules of the rulebook, each with the clause it comes from. The code that decides a rule, the test that proves it and
 * the refusal it causes all name it by this constant.
 *
 * <p>The methods make decisions out of figures; they hold the comparisons that the rules share, so that "up to" and "before"
 * mean the same everywhere.
 */
public enum Rule {
    GZ_01(
            "三(一)",
            "An eligible enterprise: registered in the city, an independent legal person, of SME size, not blacklisted",
            "符合条件的企业：在本市登记、独立法人、中小微规模、未列入失信联合惩戒黑名单"),
    GZ_02("五(一); N", "Checked by the operator before applying", "经承办单位核对通过后方可申领"),
    GZ_03("三(一)", "Priority enterprises are granted first", "优先补助资格在先"),
    GZ_04(
            "四(一); GZ-P(一)",
            "An eligible provider: on the recognition list, at order and at payment",
            "符合条件的服务机构：下单和支付时均在认定名录有效期内"),
    GZ_05("四(三)", "Whose vouchers a provider may take", "服务机构可接收服务券的地域范围"),
    GZ_06("三(二); 四(三)", "The service is of a type the provider is recognised for", "服务类型与认定类型一致"),
    GZ_07("GZ-P(二)", "An order names a published product", "下单须选择已发布的服务产品"),
    GZ_08("附件1; GZ-E(四)2", "The parties are not related", "合同双方无关联关系"),
    GZ_09("GZ-E(一)4; GZ-P(一)5", "Names agree with the register at the document's date", "名称与登记名称一致"),
    GZ_10("N; 五(二)", "An application counts if it is received in the window", "在申领时间内提交方为有效"),
    GZ_11("三(三); 五(三)4", "The annual cap of one enterprise", "每家企业一年内申领总额度"),
    GZ_12("五(二)", "Granted by tier, then by position", "按优先补助资格和申请先后顺序排序发放"),
    GZ_13("五(二)", "Applications stop when the batch is full", "当批次额满则停止申领"),
    GZ_14("五(二)", "Those not granted wait in order", "未获发放的依次候补"),
    GZ_15("二(三)", "The fund bounds the batches", "资金安排：各批次预算不超过资金总额"),
    GZ_20("五(三)1", "Order and contract in time", "在规定时间内下单、上传合同"),
    GZ_21("四(三); GZ-P(三)", "The provider's cap", "服务机构收券上限"),
    GZ_22("五(三)1; GZ-E(四)", "The contract agrees with the order and is confirmed", "合同与订单一致并经服务机构确认"),
    GZ_23("五(三)2", "The service period", "服务券补助服务时间范围"),
    GZ_24("五(三)3; 三(二); 三(三); GZ-E(五)", "What a voucher may pay", "支付服务券的条件与比例"),
    GZ_25("二(二)", "No change is given", "不设找零、不退差额"),
    GZ_26("二(二)", "Used once, not transferable", "不得转让、赠送、质押和重复使用"),
    GZ_27("三(二); 附件2 三", "No double funding", "不得重复享受财政专项资金补助"),
    GZ_28("五(三)3; GZ-P(五)", "The provider compares and accepts, or sends back", "服务机构核对后收取服务券或退回"),
    GZ_29("GZ-P(五)3", "A payment is undone only before the voucher expires or is claimed", "退回支付须在有效期内且未申请兑现"),
    GZ_30("五(三)4", "What is not used in time is recovered", "逾期未用的服务券自动收回"),
    GZ_31("五(三)4", "The holder may return what is not yet due", "企业可主动退回尚未到期的服务券"),
    GZ_32("六(二); 七; 附件1 四; 附件2", "Violations: freeze, revocation, disqualification, clawback", "违规处理：冻结、撤销、取消资格、追回"),
    GZ_33("—", "Nothing gets stuck", "流程不得悬而不决"),
    GZ_40("五(四)1; GZ-P(六)", "A claim is made inside the redemption window, once a voucher", "在兑现期内提出兑现申请"),
    GZ_41("五(四)2; 六(二)", "Two reviews by two people, item by item", "初审与审定由不同人员逐项进行"),
    GZ_42("五(四)2", "The list is published and may be objected to", "公示与复核申请"),
    GZ_43("五(四)2", "Settled after notice, with a bank reference", "公示无异议后兑现结算"),
    GZ_44("五(四)3", "One archive package a claim", "兑现资料移交存档"),
    GZ_45("GZ-E(六)", "Documents: pdf, jpg or png, one file a kind, at most 5 MB", "上传资料格式与大小"),
    CL_01("CL 二; CL-26 一", "Industrial enterprises of the scheme's cities", "方案所列城市的工业企业"),
    CL_02("CL 一", "Dates of applying and redeeming", "申领与兑现时间"),
    CL_03("CL 一", "Receipt takes a position and reserves; vetting in that order", "按申领时间顺序审核入库"),
    CL_04("CL 三(一)", "City quotas, moved by the bureau", "地市额度动态调整"),
    CL_05("CL 三(二)", "Provider limit by class", "供应商额度"),
    CL_06("CL 四", "The share paid by region and pilot", "奖补标准"),
    CL_07("CL 五", "The catalogue of products", "产品目录"),
    CL_08("CL-26 三", "The contract comes with the application; the enterprise claims", "申领附合同，企业申请兑现"),
    CV_01("CV", "Face-value vouchers with thresholds", "面额消费券与使用门槛"),
    SV_01("SV 二十七", "Registers", "企业、服务机构、专家数据库"),
    SV_02("SV 四; 十一; 十三", "Ratings of providers", "服务评价"),
    SV_03("GZ 六(一)", "Every figure by city and district", "按市、区分解数据"),
    SV_04("CL 三(二)", "Complaints and spot checks", "投诉举报与抽查"),
    SV_05("GZ 六(二)", "The performance report", "绩效评价"),
    ALL_01("—", "A scheme is data, versioned", "工作方案即数据，按版本发布"),
    ALL_02("—", "Every refusal names its rule; checks have one order", "每次拒绝均说明依据"),
    ALL_03("—", "The books balance at each position", "账目任何时刻均平衡"),
    ALL_04("—", "Who did what, when, on whose behalf", "操作人、角色与授权"),
    ALL_05("—", "No personal data in events", "事件中不含个人信息"),
    ALL_06("—", "Dates, budgets, limits move only by a recorded decision", "调整须有主管部门的书面决定");

    private final String id = name().replace('_', '-');
    private final String clause;
    private final String english;
    private final String chinese;

    Rule(String clause, String english, String chinese) {
        this.clause = clause;
        this.english = english;
        this.chinese = chinese;
    }

    /** As the rulebook writes it: {@code GZ-21}. */
    public String id() {
        return id;
    }

    /** Where the policy says so; a dash where it is our own decision. */
    public String clause() {
        return clause;
    }

    public String english() {
        return english;
    }

    public String chinese() {
        return chinese;
    }

    /** What is used already and what is asked for together stay within the limit, the limit included. */
    public Decision fits(Check stage, String about, Fen limit, Fen used, Fen asked) {
        boolean allowed = used.value() + asked.value() <= limit.value();
        return new Decision(this, stage, about, allowed, limit.value(), used.value(), asked.value());
    }

    /** What is asked for does not exceed the limit. */
    public Decision atMost(Check stage, String about, Fen limit, Fen asked) {
        return fits(stage, about, limit, Fen.ZERO, asked);
    }

    /** The deadline itself is too late. */
    public Decision before(Check stage, String about, Instant deadline, Instant now) {
        return new Decision(
                this, stage, about, now.isBefore(deadline), deadline.toString(), now.toString(), now.toString());
    }

    /** The opening instant itself is in time. */
    public Decision notBefore(Check stage, String about, Instant opening, Instant now) {
        return new Decision(
                this, stage, about, !now.isBefore(opening), opening.toString(), now.toString(), now.toString());
    }

    /** Things stand in one of these ways. */
    public <T extends Comparable<? super T>> Decision isOneOf(
            Check stage, String about, Collection<T> allowed, T actual, String asked) {
        return new Decision(
                this,
                stage,
                about,
                allowed.contains(actual),
                // A set's own order may differ from one run of the program to the next; what was decided must not.
                new TreeSet<>(allowed).toString(),
                String.valueOf(actual),
                asked);
    }

    /**
     * Things stand as required or otherwise, and there is a word for either: what is found is the one that is true, so that
     * what was allowed tells no untruth either.
     */
    public Decision finds(
            Check stage, String about, boolean asRequired, Object required, Object otherwise, Object asked) {
        return holds(stage, about, asRequired, required, asRequired ? required : otherwise, asked);
    }

    /** A fact holds or does not; the figures say what was expected, what is, and what was asked. */
    public Decision holds(Check stage, String about, boolean holds, Object expected, Object actual, Object asked) {
        return new Decision(this, stage, about, holds, expected, actual, asked);
    }
}
