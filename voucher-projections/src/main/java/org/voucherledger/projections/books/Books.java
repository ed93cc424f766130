package org.voucherledger.projections.books;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.voucherledger.projections.books.Reckoning.SetAside;
import org.voucherledger.projections.projection.Tables;

/**
 * Reads the books of any scope at any position and holds them against ALL-03's equations. To be asked inside one snapshot.
 *
 * <p>A balance reads one row an account and the postings of at most one bucket, however long the log is; only an enterprise's is
 * the sum of all its postings, and what the authority set aside the sum of its decisions.
 */
public final class Books {

    /** After everything that has been told. */
    public static final long NOW = Long.MAX_VALUE;

    private final JdbcTemplate jdbc;
    private final Buckets buckets;

    public Books(DataSource dataSource) {
        this(dataSource, Buckets.USUAL);
    }

    /** @param buckets those that the books are kept with */
    Books(DataSource dataSource, Buckets buckets) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.buckets = buckets;
    }

    /** Everything, as it stands now. */
    public TrialBalance all() {
        return trial(Scope.LEDGER, NOW);
    }

    /**
     * The books of a scope after the event at this position; empty books if they begin later.
     *
     * @return empty if there is, up to now, no such scheme, batch or party, or no voucher of such a city or district
     */
    public Optional<TrialBalance> of(Scope scope, long position) {
        return exists(scope) ? Optional.of(trial(scope, position)) : Optional.empty();
    }

    /** The last position whose posting, and every posting before it, had been recorded by then; empty if all had. */
    public OptionalLong positionAt(Instant moment) {
        OffsetDateTime at = Tables.time(moment);
        Long later = jdbc.queryForObject("""
                select min(p.position) from view.posting p,
                  (select min(bucket) as bucket from view.books_bucket where latest_at > ?) b
                where p.position >= b.bucket * ? and p.position < (b.bucket + 1) * ? and p.recorded_at > ?
                """, Long.class, at, buckets.size(), buckets.size(), at);
        return later == null ? OptionalLong.empty() : OptionalLong.of(later - 1);
    }

    /** The ledger's time of the last posting up to this position; {@code null} if there is none. */
    public Instant timeOf(long position) {
        return jdbc
                .query(
                        "select at from view.posting where position <= ? order by position desc, line desc limit 1",
                        (row, n) -> row.getObject(1, OffsetDateTime.class).toInstant(),
                        position)
                .stream()
                .findFirst()
                .orElse(null);
    }

    private boolean exists(Scope scope) {
        String condition = switch (scope.kind()) {
            case LEDGER -> "select ''::text = ?";
            case SCHEME -> "select exists (select from view.books_allotment where scheme_id = ?)";
            case BATCH -> "select exists (select from view.books_allotment where batch_id <> '' and batch_id = ?)";
            case CITY -> "select exists (select from view.books_allotment where batch_id <> '' and city = ?)";
            case DISTRICT -> "select exists (select from view.books_total where kind = 'DISTRICT' and id = ?)";
            case ENTERPRISE -> "select exists (select from view.books_party where kind = 'ENTERPRISE' and id = ?)";
            case PROVIDER -> "select exists (select from view.books_party where kind = 'PROVIDER' and id = ?)";
        };
        return Boolean.TRUE.equals(jdbc.queryForObject(condition, Boolean.class, scope.id()));
    }

    /**
     * All figures of a scheme or a batch after the event at this position.
     *
     * @return empty if nothing had been set aside for it by then
     */
    public Optional<Figures> figures(Scope scope, long position) {
        return reckoning(scope, position).figures();
    }

    private TrialBalance trial(Scope scope, long position) {
        return reckoning(scope, position).trial();
    }

    private Reckoning reckoning(Scope scope, long position) {
        List<SetAside> funds = scope.kind().hasFunds() ? setAside(scope, position, "=") : List.of();
        List<SetAside> budgets = scope.kind().hasBudgets() ? setAside(scope, position, "<>") : List.of();
        var sums = balances(scope.kind(), Set.of(scope.id()), position).getOrDefault(scope.id(), new TreeMap<>());
        return new Reckoning(
                scope,
                sums,
                balances(
                        ScopeKind.SCHEME, funds.stream().map(SetAside::schemeId).toList(), position),
                balances(
                        ScopeKind.BATCH, budgets.stream().map(SetAside::batchId).toList(), position),
                funds,
                budgets);
    }

    /** @param isABatch whether the batch is named, as the operator of the condition */
    private List<SetAside> setAside(Scope scope, long position, String isABatch) {
        String ofScope = switch (scope.kind()) {
            case SCHEME -> "scheme_id = ?";
            case BATCH -> "batch_id = ?";
            case CITY -> "city = ?";
            default -> "'' = ?";
        };
        return jdbc.query(
                "select scheme_id, batch_id, sum(change_fen) from view.books_allotment where batch_id " + isABatch
                        + " '' and position <= ? and " + ofScope
                        + " group by scheme_id, batch_id order by scheme_id, batch_id",
                (row, n) -> new SetAside(row.getString(1), row.getString(2), row.getLong(3)),
                position,
                scope.id());
    }

    /** The balances of scopes of a kind, by their ids; those without any are left out. */
    private Map<String, Map<Account, Long>> balances(ScopeKind kind, Collection<String> ids, long position) {
        var found = new TreeMap<String, Map<Account, Long>>();
        RowCallbackHandler add = row -> found.computeIfAbsent(row.getString(1), id -> new TreeMap<>())
                .merge(Account.valueOf(row.getString(2)), row.getLong(3), Long::sum);
        if (ids.isEmpty()) {
            return found;
        }
        if (kind.isKept()) {
            long bucket = buckets.of(position);
            fromTotals(kind, ids, bucket, add);
            fromPostings(kind, ids, buckets.firstOf(bucket), position, add);
        } else {
            fromPostings(kind, ids, Long.MIN_VALUE, position, add);
        }
        // An account of nothing is none, whether something was ever posted to it or not.
        found.values().forEach(balances -> balances.values().removeIf(fen -> fen == 0));
        return found;
    }

    /** An account each, the newest row not after the bucket; what changed in the bucket itself is for the postings to say. */
    private void fromTotals(ScopeKind kind, Collection<String> ids, long bucket, RowCallbackHandler add) {
        jdbc.query(
                """
                select i.id, a.account, t.before_fen + case when t.bucket < ? then t.change_fen else 0 end
                from unnest(?::text[]) i(id) cross join unnest(?::text[]) a(account)
                cross join lateral (
                  select bucket, before_fen, change_fen from view.books_total t
                  where t.kind = ? and t.id = i.id and t.account = a.account and t.bucket <= ?
                  order by t.bucket desc limit 1) t
                """,
                ps -> {
                    ps.setLong(1, bucket);
                    ps.setArray(2, ps.getConnection().createArrayOf("text", ids.toArray()));
                    ps.setArray(
                            3,
                            ps.getConnection()
                                    .createArrayOf(
                                            "text",
                                            Arrays.stream(Account.values())
                                                    .map(Account::name)
                                                    .toArray()));
                    ps.setString(4, kind.name());
                    ps.setLong(5, bucket);
                },
                add);
    }

    private void fromPostings(ScopeKind kind, Collection<String> ids, long from, long until, RowCallbackHandler add) {
        String ofScope = kind.column() + " = any(?) and " + kind.column() + " <> ''";
        String rows = " from view.posting where position between ? and ? and "
                + (kind == ScopeKind.LEDGER ? "'' = any(?)" : ofScope);
        jdbc.query(
                "select id, account, sum(fen) from (select " + kind.column()
                        + " as id, from_account as account, -amount_fen as fen" + rows + " union all select "
                        + kind.column() + ", to_account, amount_fen" + rows + ") p group by id, account",
                ps -> {
                    var array = ps.getConnection().createArrayOf("text", ids.toArray());
                    for (int half = 0; half < 2; half++) {
                        ps.setLong(3 * half + 1, from);
                        ps.setLong(3 * half + 2, until);
                        ps.setArray(3 * half + 3, array);
                    }
                },
                add);
    }

    /** Every account there is, at its finest, as it stands now. */
    Map<AccountKey, Long> finest() {
        var balances = new TreeMap<AccountKey, Long>();
        jdbc.query("select scheme_id, batch_id, owner, account, balance_fen from view.balance", (RowCallbackHandler)
                row -> balances.put(
                        new AccountKey(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                Account.valueOf(row.getString(4))),
                        row.getLong(5)));
        return balances;
    }

    /** What the running books have found, if anything. */
    Optional<Violation> violation() {
        return jdbc
                .query(
                        "select position, sentence from view.books_violation order by position limit 1",
                        (row, n) -> new Violation(row.getLong(1), row.getString(2)))
                .stream()
                .findFirst();
    }

    /** What a page of postings is asked for; {@code null} for any. */
    public record Wanted(Scope scope, Account account, String voucherId, long from, long until) {}

    /**
     * The postings that make up a figure, in the order of the log.
     *
     * @param after the last one of the page before, or one before all
     */
    public List<PostedLine> postings(Wanted wanted, PostedLine.Place after, int limit) {
        var conditions = new ArrayList<String>(List.of("position between ? and ?", "(position, line) > (?, ?)"));
        var values = new ArrayList<Object>(List.of(wanted.from(), wanted.until(), after.position(), after.line()));
        ScopeKind kind = wanted.scope().kind();
        if (kind != ScopeKind.LEDGER) {
            conditions.add(kind.column() + " = ? and " + kind.column() + " <> ''");
            values.add(wanted.scope().id());
        }
        if (wanted.account() != null) {
            conditions.add("? in (from_account, to_account)");
            values.add(wanted.account().name());
        }
        if (wanted.voucherId() != null) {
            conditions.add("voucher_id = ?");
            values.add(wanted.voucherId());
        }
        String matching = " from view.posting where " + String.join(" and ", conditions);
        boolean isEverything = kind == ScopeKind.LEDGER && wanted.account() == null;
        if (wanted.voucherId() != null || !kind.isKept() || isEverything) {
            values.add(limit);
            return jdbc.query(
                    "select *" + matching + " order by position, line limit ?", PostedLine::of, values.toArray());
        }
        return jdbc.query(throughBuckets(wanted, matching), PostedLine::of, bucketed(wanted, after, values, limit));
    }

    /** Only the buckets in which the scope's account moved are looked through, and no more of them than the page takes. */
    private String throughBuckets(Wanted wanted, String matching) {
        return "select p.* from (select distinct bucket from view.books_total where kind = ? and id = ?"
                + (wanted.account() == null ? "" : " and account = ?")
                + " and bucket between ? and ?) b cross join lateral (select *" + matching
                + " and position >= b.bucket * " + buckets.size() + " and position < (b.bucket + 1) * "
                + buckets.size() + ") p order by b.bucket, p.position, p.line limit ?";
    }

    private Object[] bucketed(Wanted wanted, PostedLine.Place after, List<Object> conditions, int limit) {
        var values = new ArrayList<Object>(
                List.of(wanted.scope().kind().name(), wanted.scope().id()));
        if (wanted.account() != null) {
            values.add(wanted.account().name());
        }
        values.add(buckets.of(Math.max(wanted.from(), after.position())));
        values.add(buckets.of(wanted.until()));
        values.addAll(conditions);
        values.add(limit);
        return values.toArray();
    }
}
