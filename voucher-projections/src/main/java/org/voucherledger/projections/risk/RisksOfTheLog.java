package org.voucherledger.projections.risk;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.voucherledger.projections.audittrail.Subject;
import org.voucherledger.projections.audittrail.SubjectKind;

/**
 * Looks for the patterns that rest on events alone. Every comparison is one of whole numbers; shares and deviations are rounded
 * down where they are shown, and nowhere else. A median is a price that was asked: of an even number the lower one of the two.
 *
 * <p>Each statement finds {@code key}, {@code vouchers}, {@code enterprises}, {@code providers}, {@code positions} and its
 * figures, the columns ending in {@code _figure}, in the order in which they are shown.
 */
public final class RisksOfTheLog implements RiskSource {

    private static final String FIGURE = "_figure";

    private static final String INVOICE_RUN = """
            with shown as (
                select distinct on (provider_id, kind, code, number)
                       provider_id, kind, code, number, number::numeric as place, issued_on, voucher_id, enterprise_id, position
                from view.risk_invoice
                where position <= :at and number ~ '^[0-9]{1,30}$'
                order by provider_id, kind, code, number, position),
            placed as (
                select *, place - row_number() over (
                       partition by provider_id, issued_on, kind, code, length(number) order by place) as run
                from shown)
            select concat_ws('/', provider_id, issued_on, kind, code, min(number)) collate "C" as key,
                   array_agg(distinct voucher_id) as vouchers,
                   array_agg(distinct enterprise_id) as enterprises,
                   array[provider_id] as providers,
                   array_agg(distinct position) as positions,
                   count(*) as invoices_figure,
                   count(distinct enterprise_id) as buyers_figure,
                   cast(:run_invoices as bigint) as least_invoices_figure,
                   cast(:run_buyers as bigint) as least_buyers_figure
            from placed
            group by provider_id, issued_on, kind, code, length(number), run
            having count(*) >= :run_invoices and count(distinct enterprise_id) >= :run_buyers
            """;

    private static final String PRICE_FAR = """
            select lpad(c.position::text, 19, '0') collate "C" as key,
                   array[c.voucher_id] as vouchers,
                   array[c.enterprise_id] as enterprises,
                   array[c.provider_id] as providers,
                   array[c.position] as positions,
                   c.price_fen as price_fen_figure,
                   before.median_fen as median_fen_figure,
                   before.prices as prices_figure,
                   div(abs(c.price_fen - before.median_fen)::numeric * 10000, before.median_fen) as deviation_basis_points_figure,
                   cast(:price_deviation as bigint) as least_deviation_basis_points_figure
            from view.risk_contract c
            cross join lateral (
                select percentile_disc(0.5) within group (order by price_fen) as median_fen, count(*) as prices
                from (select h.price_fen from view.risk_contract h
                      where h.provider_id = c.provider_id and h.product_id = c.product_id
                        and h.position < c.position and h.voucher_id <> c.voucher_id
                      order by h.position desc limit :price_window) last) before
            where c.position <= :at and before.prices >= :price_history
              and abs(c.price_fen - before.median_fen)::numeric * 10000 >= before.median_fen::numeric * :price_deviation
            """;

    private static final String FEW_ENTERPRISES = """
            with voucher as (
                select provider_id, enterprise_id, voucher_id, sum(change_fen) as fen, max(position) as position
                from view.risk_paid where position <= :at
                group by provider_id, enterprise_id, voucher_id having sum(change_fen) > 0),
            payer as (
                select provider_id, enterprise_id, sum(fen) as fen, count(*) as vouchers,
                       row_number() over (partition by provider_id order by sum(fen) desc, enterprise_id collate "C") as place
                from voucher group by provider_id, enterprise_id),
            provider as (
                select provider_id, sum(fen) as all_fen, sum(fen) filter (where place <= :few) as few_fen,
                       sum(vouchers) as vouchers, count(*) as payers,
                       array_agg(enterprise_id order by place) filter (where place <= :few) as enterprises
                from payer group by provider_id)
            select p.provider_id collate "C" as key,
                   array[]::text[] as vouchers,
                   p.enterprises,
                   array[p.provider_id] as providers,
                   (select array_agg(v.position) from voucher v
                    where v.provider_id = p.provider_id and v.enterprise_id = any(p.enterprises)) as positions,
                   p.few_fen as few_fen_figure,
                   p.all_fen as all_fen_figure,
                   div(p.few_fen * 10000, p.all_fen) as share_basis_points_figure,
                   p.payers as payers_figure,
                   p.vouchers as vouchers_figure,
                   cast(:few as bigint) as few_figure,
                   cast(:few_share as bigint) as least_share_basis_points_figure,
                   cast(:few_vouchers as bigint) as least_vouchers_figure
            from provider p
            where p.vouchers >= :few_vouchers and p.few_fen * 10000 >= p.all_fen * :few_share
            """;

    private static final String PAYMENT_UNDONE = """
            select voucher_id collate "C" as key,
                   array[voucher_id] as vouchers,
                   array_agg(distinct enterprise_id) as enterprises,
                   array_agg(distinct provider_id) as providers,
                   array_agg(position) as positions,
                   count(*) as times_figure,
                   -sum(change_fen) as undone_fen_figure,
                   cast(:undone as bigint) as least_times_figure
            from view.risk_paid where undone and position <= :at
            group by voucher_id having count(*) >= :undone
            """;

    private static final String RETURNED_AT_THE_END = """
            select enterprise_id collate "C" as key,
                   array_agg(voucher_id) as vouchers,
                   array[enterprise_id] as enterprises,
                   array[]::text[] as providers,
                   array_agg(position) as positions,
                   count(*) as returns_figure,
                   cast(:returns as bigint) as least_returns_figure,
                   cast(:return_seconds as bigint) as within_seconds_figure
            from view.risk_returned
            where position <= :at and returned_at < due_at
              and due_at - returned_at <= make_interval(secs => :return_seconds)
            group by enterprise_id having count(*) >= :returns
            """;

    private static final String PAGE = """
            select * from (%s) flag
            where key > :after
              and (cast(:voucher as text) is null or :voucher = any(vouchers))
              and (cast(:enterprise as text) is null or :enterprise = any(enterprises))
              and (cast(:provider as text) is null or :provider = any(providers))
            order by key limit :limit
            """;

    private final JdbcClient jdbc;
    private final RiskThresholds thresholds;

    public RisksOfTheLog(DataSource dataSource, RiskThresholds thresholds) {
        this.jdbc = JdbcClient.create(dataSource);
        this.thresholds = thresholds;
    }

    @Override
    public boolean knows(RiskKind kind) {
        return kind.isOfTheLog();
    }

    @Override
    public List<RiskFlag> flags(RiskKind kind, Subject about, long at, String after, int limit) {
        return jdbc.sql(PAGE.formatted(statement(kind)))
                .params(parameters())
                .param("at", at)
                .param("after", after)
                .param("voucher", id(about, SubjectKind.VOUCHER))
                .param("enterprise", id(about, SubjectKind.ENTERPRISE))
                .param("provider", id(about, SubjectKind.PROVIDER))
                .param("limit", limit)
                .query((row, n) -> flag(kind, row))
                .list();
    }

    private static String statement(RiskKind kind) {
        return switch (kind) {
            case INVOICE_RUN -> INVOICE_RUN;
            case PRICE_FAR -> PRICE_FAR;
            case FEW_ENTERPRISES -> FEW_ENTERPRISES;
            case PAYMENT_UNDONE -> PAYMENT_UNDONE;
            case RETURNED_AT_THE_END -> RETURNED_AT_THE_END;
            case SAME_BANK_ACCOUNT, SAME_PHONE -> throw new IllegalArgumentException(kind + " is not of the log");
        };
    }

    private Map<String, Object> parameters() {
        return Map.ofEntries(
                Map.entry("run_invoices", thresholds.runInvoices()),
                Map.entry("run_buyers", thresholds.runBuyers()),
                Map.entry("price_deviation", thresholds.priceDeviationBasisPoints()),
                Map.entry("price_history", thresholds.priceHistory()),
                Map.entry("price_window", thresholds.priceWindow()),
                Map.entry("few", thresholds.fewEnterprises()),
                Map.entry("few_share", thresholds.fewShareBasisPoints()),
                Map.entry("few_vouchers", thresholds.fewVouchers()),
                Map.entry("undone", thresholds.undone()),
                Map.entry("returns", thresholds.returns()),
                Map.entry("return_seconds", thresholds.returnWithin().toSeconds()));
    }

    private static String id(Subject about, SubjectKind kind) {
        return about != null && about.kind() == kind ? about.id() : null;
    }

    private static RiskFlag flag(RiskKind kind, ResultSet row) throws SQLException {
        var subjects = Stream.of(
                        subjects(SubjectKind.VOUCHER, row, "vouchers"),
                        subjects(SubjectKind.ENTERPRISE, row, "enterprises"),
                        subjects(SubjectKind.PROVIDER, row, "providers"))
                .flatMap(List::stream)
                .toList();
        return RiskFlag.of(kind, row.getString("key"), subjects, List.of(), figures(row), List.of((Long[])
                array(row, "positions")));
    }

    private static List<Subject> subjects(SubjectKind kind, ResultSet row, String column) throws SQLException {
        return Stream.of((String[]) array(row, column))
                .map(id -> new Subject(kind, id))
                .toList();
    }

    private static Object array(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array.getArray();
    }

    /** {@code price_fen_figure} is shown as {@code priceFen}. */
    private static Map<String, Long> figures(ResultSet row) throws SQLException {
        var figures = new LinkedHashMap<String, Long>();
        for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
            String name = row.getMetaData().getColumnLabel(column);
            if (name.endsWith(FIGURE)) {
                figures.put(
                        camelCase(name.substring(0, name.length() - FIGURE.length())),
                        row.getBigDecimal(column).longValueExact());
            }
        }
        return figures;
    }

    private static String camelCase(String name) {
        var words = new ArrayList<>(List.of(name.split("_")));
        var text = new StringBuilder(words.removeFirst());
        words.forEach(word -> text.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1)));
        return text.toString();
    }
}
