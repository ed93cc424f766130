package org.voucherledger.api.table;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.voucherledger.domain.party.Industry;
import org.voucherledger.domain.party.PriorityTag;
import org.voucherledger.domain.party.RecognitionLevel;
import org.voucherledger.domain.party.ServiceType;
import org.voucherledger.domain.party.Size;
import org.voucherledger.domain.party.SupplierClass;

/** What may stand in a column of given values: the words of the lists, and the ledger's own names. */
public final class Choices<T> {

    public static final Choices<Boolean> YES_OR_NO = new Choices<Boolean>()
            .word("是", true)
            .word("否", false)
            .word("true", true)
            .word("false", false);

    public static final Choices<Size> SIZES = of(Size.class)
            .word("大型", Size.LARGE)
            .word("中型", Size.MEDIUM)
            .word("小型", Size.SMALL)
            .word("微型", Size.MICRO);

    public static final Choices<Industry> INDUSTRIES = of(Industry.class)
            .word("农、林、牧、渔业", Industry.AGRICULTURE)
            .word("农林牧渔业", Industry.AGRICULTURE)
            .word("工业", Industry.INDUSTRY)
            .word("建筑业", Industry.CONSTRUCTION)
            .word("批发业", Industry.WHOLESALE)
            .word("零售业", Industry.RETAIL)
            .word("交通运输业", Industry.TRANSPORT)
            .word("仓储业", Industry.WAREHOUSING)
            .word("邮政业", Industry.POSTAL)
            .word("住宿业", Industry.ACCOMMODATION)
            .word("餐饮业", Industry.CATERING)
            .word("信息传输业", Industry.INFORMATION_TRANSMISSION)
            .word("软件和信息技术服务业", Industry.SOFTWARE_IT)
            .word("房地产开发经营", Industry.REAL_ESTATE_DEVELOPMENT)
            .word("物业管理", Industry.PROPERTY_MANAGEMENT)
            .word("租赁和商务服务业", Industry.LEASING_BUSINESS_SERVICES)
            .word("其他未列明行业", Industry.OTHER);

    public static final Choices<RecognitionLevel> LEVELS = of(RecognitionLevel.class)
            .word("国家级", RecognitionLevel.NATIONAL)
            .word("省级", RecognitionLevel.PROVINCIAL)
            .word("市级", RecognitionLevel.CITY)
            .word("服务站", RecognitionLevel.SERVICE_STATION);

    public static final Choices<ServiceType> SERVICES = of(ServiceType.class)
            .word("信息", ServiceType.INFORMATION)
            .word("技术", ServiceType.TECHNOLOGY)
            .word("创业", ServiceType.ENTREPRENEURSHIP)
            .word("培训", ServiceType.TRAINING)
            .word("融资", ServiceType.FINANCING);

    public static final Choices<SupplierClass> SUPPLIERS = of(SupplierClass.class)
            .word("跨行业跨领域平台", SupplierClass.CROSS_INDUSTRY_PLATFORM)
            .word("基础电信运营商", SupplierClass.TELECOM_OPERATOR)
            .word("其他", SupplierClass.OTHER);

    public static final Choices<PriorityTag> TAGS = of(PriorityTag.class)
            .word("国家专精特新", PriorityTag.NATIONAL_SPECIALISED)
            .word("省专精特新", PriorityTag.PROVINCIAL_SPECIALISED)
            .word("上年度升规", PriorityTag.UPGRADED_ABOVE_SCALE)
            .word("本年度拟升规", PriorityTag.LISTED_FOR_UPGRADE)
            .word("纳入运行监测", PriorityTag.MONITORED)
            .word("重点规模以下工业", PriorityTag.KEY_BELOW_SCALE)
            .word("产业集群试点", PriorityTag.CLUSTER_PILOT);

    private final Map<String, T> words = new LinkedHashMap<>();

    private Choices() {}

    private static <E extends Enum<E>> Choices<E> of(Class<E> type) {
        var choices = new Choices<E>();
        for (E constant : type.getEnumConstants()) {
            choices.words.put(constant.name(), constant);
        }
        return choices;
    }

    private Choices<T> word(String word, T meaning) {
        words.put(word, meaning);
        return this;
    }

    /** What the word means, or {@code null}. */
    T meaning(String word) {
        return words.get(word);
    }

    /** All of them, as a clerk reads them. */
    @Override
    public String toString() {
        return words.keySet().stream()
                .filter(word -> !word.chars().allMatch(c -> c < 128) || words.size() < 5)
                .collect(Collectors.joining(" / "));
    }
}
