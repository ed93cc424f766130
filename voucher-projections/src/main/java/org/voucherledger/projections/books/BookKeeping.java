package org.voucherledger.projections.books;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.voucherledger.domain.batch.BatchEvent;
import org.voucherledger.domain.batch.BatchEvent.BatchOpened;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaEvent;
import org.voucherledger.domain.party.EnterpriseEvent.DeclarationCorrected;
import org.voucherledger.domain.party.EnterpriseEvent.EnterpriseRegistered;
import org.voucherledger.domain.party.ProviderEvent.ProviderRegistered;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent;
import org.voucherledger.domain.scheme.SchemeEvent;
import org.voucherledger.domain.voucher.VoucherEvent;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherIssued;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherReserved;
import org.voucherledger.projections.projection.Tables;
import org.voucherledger.projections.projection.Told;

/**
 * Keeps the books for one batch of events: reads at once what these events touch, posts and checks one after the other in
 * memory, and writes at once what has changed. What is written does not depend on where one batch ends and the next begins.
 */
final class BookKeeping {

    private static final String WRITE_POSTING =
            "insert into {slot}.posting values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String WRITE_BALANCE = """
            insert into {slot}.balance values (?, ?, ?, ?, ?, ?) on conflict (book, scheme_id, batch_id, owner, account)
            do update set balance_fen = excluded.balance_fen
            """;
    private static final String WRITE_ALLOTMENT = "insert into {slot}.allotment values (?, ?, ?, ?, ?)";
    private static final String WRITE_VOUCHER = """
            insert into {slot}.voucher values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do update set
            (provider_id, held_fen, ordered_fen, paid_fen, accepted_fen, claimed_fen, redeemed_fen, owed_fen) =
            (excluded.provider_id, excluded.held_fen, excluded.ordered_fen, excluded.paid_fen, excluded.accepted_fen,
             excluded.claimed_fen, excluded.redeemed_fen, excluded.owed_fen)
            """;
    private static final String WRITE_PARTY = """
            insert into {slot}.party values (?, ?, ?) on conflict (kind, id) do update set district = excluded.district
            """;
    private static final String WRITE_BUCKET = """
            insert into {slot}.bucket values (?, ?) on conflict (bucket)
            do update set latest_at = greatest(bucket.latest_at, excluded.latest_at)
            """;
    private static final String WRITE_VIOLATION = "insert into {slot}.violation values (?, ?)";

    private static final List<String> TOTAL_COLUMNS = List.of("text", "text", "text", "int8", "int8");
    private static final String TOTALS =
            "unnest(?::text[], ?::text[], ?::text[], ?::int8[], ?::int8[]) as n(kind, id, account, bucket, change_fen)";
    private static final String WRITE_TOTALS = """
            insert into {slot}.total as t (kind, id, account, bucket, before_fen, change_fen)
            select n.kind, n.id, n.account, n.bucket,
                   coalesce((select e.before_fen + e.change_fen from {slot}.total e
                             where e.kind = n.kind and e.id = n.id and e.account = n.account and e.bucket < n.bucket
                             order by e.bucket desc limit 1), 0),
                   n.change_fen
            from""" + " " + TOTALS + """

            on conflict (kind, id, account, bucket) do update set change_fen = t.change_fen + excluded.change_fen
            """;
    private static final String CARRY_TOTALS =
            "update {slot}.total t set before_fen = t.before_fen + n.change_fen from " + TOTALS
                    + " where t.kind = n.kind and t.id = n.id and t.account = n.account and t.bucket > n.bucket";

    private record TotalKey(Scope scope, Account account) {}

    private record Party(ScopeKind kind, String id, String district) {}

    private final List<Told> events;
    private final Tables tables;
    private final Buckets parted;
    private final Journal journal = new Journal();
    private final List<Object[]> postings = new ArrayList<>();
    private final List<Object[]> allotments = new ArrayList<>();
    private final Set<AccountKey> balances = new LinkedHashSet<>();
    private final Set<String> vouchers = new LinkedHashSet<>();
    private final Map<String, Party> parties = new LinkedHashMap<>();
    private final TreeMap<Long, Map<TotalKey, Long>> totals = new TreeMap<>();
    private final TreeMap<Long, Instant> buckets = new TreeMap<>();
    private Violation violation;

    BookKeeping(List<Told> events, Tables tables, Buckets parted) {
        this.events = events;
        this.tables = tables;
        this.parted = parted;
    }

    /** The first violation of ALL-03, if it is among these events. */
    Optional<Violation> keep() {
        long newest = tables.number("select coalesce(max(position), -1) from {slot}.posting");
        boolean violatedBefore = tables.number("select count(*) from {slot}.violation") > 0;
        read();
        for (Told told : events) {
            write(told, journal.post(told.event()));
            if (violation == null && !violatedBefore) {
                journal.imbalances(sentence -> violated(told, sentence));
            }
        }
        tables.write(WRITE_POSTING, postings);
        tables.write(WRITE_ALLOTMENT, allotments);
        tables.write(WRITE_BALANCE, balances.stream().map(this::row).toList());
        tables.write(WRITE_VOUCHER, vouchers.stream().map(this::row).toList());
        tables.write(
                WRITE_PARTY,
                parties.values().stream()
                        .map(p -> new Object[] {p.kind().name(), p.id(), p.district()})
                        .toList());
        tables.write(
                WRITE_BUCKET,
                buckets.entrySet().stream()
                        .map(b -> new Object[] {b.getKey(), Tables.time(b.getValue())})
                        .toList());
        totals.forEach((bucket, changes) -> writeTotals(bucket, changes, newest));
        if (violation != null) {
            tables.write(WRITE_VIOLATION, List.<Object[]>of(new Object[] {violation.position(), violation.sentence()}));
        }
        return Optional.ofNullable(violation);
    }

    /** Every question is asked once for all events, so that a batch costs as many round trips however long it is. */
    private void read() {
        var batches = new TreeSet<String>();
        var schemes = new TreeSet<String>();
        var owners = new TreeSet<String>();
        var voucherIds = new TreeSet<String>();
        var enterprises = new TreeSet<String>();
        for (Told told : events) {
            switch (told.event()) {
                case BatchEvent e -> {
                    batches.add(e.batchId());
                    if (e instanceof BatchOpened opened) {
                        schemes.add(opened.schemeId());
                    }
                }
                case VoucherEvent e -> {
                    batches.add(e.batchId());
                    voucherIds.add(e.voucherId());
                    if (e instanceof VoucherIssued issued) {
                        enterprises.add(issued.enterpriseId());
                    }
                    if (e instanceof VoucherReserved reserved) {
                        enterprises.add(reserved.enterpriseId());
                    }
                }
                case SchemeEvent e -> schemes.add(e.schemeId());
                case EnterpriseQuotaEvent e -> owners.add(Postings.owner(e));
                case ProviderQuotaEvent e -> owners.add(Postings.owner(e));
                default -> {}
            }
        }
        tables.read(
                "select distinct scheme_id from {slot}.allotment where batch_id <> '' and batch_id = any(?)",
                batches,
                row -> schemes.add(row.getString(1)));
        readAllotments(schemes);
        readBalances("select * from {slot}.balance where batch_id <> '' and batch_id = any(?)", batches);
        readBalances("select * from {slot}.balance where batch_id = '' and owner = '' and scheme_id = any(?)", schemes);
        readBalances("select * from {slot}.balance where batch_id = '' and owner <> '' and owner = any(?)", owners);
        readVouchers(voucherIds);
        tables.read(
                "select id, district from {slot}.party where kind = 'ENTERPRISE' and id = any(?)",
                enterprises,
                row -> journal.knowsDistrict(row.getString(1), row.getString(2)));
    }

    /** Of whole schemes, because the fund's equation holds all their budgets. */
    private void readAllotments(Collection<String> schemes) {
        tables.read(
                "select scheme_id, batch_id, city, sum(change_fen) from {slot}.allotment where scheme_id = any(?)"
                        + " group by scheme_id, batch_id, city",
                schemes,
                row -> journal.knows(
                        new Allotment(row.getString(1), row.getString(2), row.getString(3), row.getLong(4))));
    }

    private void readBalances(String statement, Collection<String> keys) {
        tables.read(
                statement,
                keys,
                row -> journal.knows(
                        new AccountKey(
                                row.getString("scheme_id"),
                                row.getString("batch_id"),
                                row.getString("owner"),
                                Account.valueOf(row.getString("account"))),
                        row.getLong("balance_fen")));
    }

    private void readVouchers(Collection<String> ids) {
        tables.read("select * from {slot}.voucher where id = any(?)", ids, row -> {
            var voucher = new VoucherBook(
                    row.getString("enterprise_id"), row.getString("district"), row.getString("provider_id"));
            voucher.change(Account.HELD, row.getLong("held_fen"));
            voucher.change(Account.ORDERED, row.getLong("ordered_fen"));
            voucher.change(Account.PAID, row.getLong("paid_fen"));
            voucher.change(Account.ACCEPTED, row.getLong("accepted_fen"));
            voucher.change(Account.CLAIMED, row.getLong("claimed_fen"));
            voucher.change(Account.REDEEMED, row.getLong("redeemed_fen"));
            voucher.owes(row.getLong("owed_fen"));
            journal.knowsVoucher(row.getString("id"), voucher);
        });
    }

    private void write(Told told, Journal.Entry entry) {
        if (entry.allotment() != null) {
            Allotment a = entry.allotment();
            allotments.add(new Object[] {told.position(), a.schemeId(), a.batchId(), a.city(), a.changeFen()});
        }
        if (entry.voucherId() != null) {
            vouchers.add(entry.voucherId());
        }
        switch (told.event()) {
            case EnterpriseRegistered e ->
                known(ScopeKind.ENTERPRISE, e.enterpriseId(), e.declaration().district());
            case DeclarationCorrected e ->
                known(ScopeKind.ENTERPRISE, e.enterpriseId(), e.declaration().district());
            case ProviderRegistered e -> known(ScopeKind.PROVIDER, e.providerId(), "");
            default -> {}
        }
        long bucket = parted.of(told.position());
        int number = 0;
        for (JournalLine line : entry.lines()) {
            postings.add(row(told, number++, line));
            Posting posting = line.posting();
            balances.add(AccountKey.of(line, posting.from()));
            balances.add(AccountKey.of(line, posting.to()));
            var changes = totals.computeIfAbsent(bucket, b -> new LinkedHashMap<>());
            for (Scope scope : line.keptScopes()) {
                changes.merge(new TotalKey(scope, posting.from()), -posting.amountFen(), Long::sum);
                changes.merge(new TotalKey(scope, posting.to()), posting.amountFen(), Long::sum);
            }
            buckets.merge(bucket, told.recordedAt(), (a, b) -> a.isAfter(b) ? a : b);
        }
    }

    private void known(ScopeKind kind, String id, String district) {
        parties.put(kind + " " + id, new Party(kind, id, district));
    }

    private static Object[] row(Told told, int number, JournalLine line) {
        Posting posting = line.posting();
        return new Object[] {
            told.position(),
            number,
            posting.from().book().name(),
            line.schemeId(),
            posting.batchId(),
            line.city(),
            line.district(),
            line.enterpriseId(),
            line.providerId(),
            posting.owner(),
            posting.voucherId(),
            posting.from().name(),
            posting.to().name(),
            posting.amountFen(),
            told.event().getClass().getSimpleName(),
            Tables.time(told.at()),
            Tables.time(told.recordedAt())
        };
    }

    private Object[] row(AccountKey key) {
        return new Object[] {
            key.account().book().name(),
            key.schemeId(),
            key.batchId(),
            key.owner(),
            key.account().name(),
            journal.balance(key)
        };
    }

    private Object[] row(String voucherId) {
        VoucherBook voucher = journal.voucher(voucherId);
        var row = new ArrayList<Object>(
                List.of(voucherId, voucher.enterpriseId(), voucher.district(), voucher.providerId()));
        VoucherBook.PLACES.forEach(place -> row.add(voucher.fen(place)));
        row.add(voucher.owedFen());
        return row.toArray();
    }

    /**
     * One bucket after the other, because what a bucket begins with is what the one before ended with. Whoever is told late of
     * a position carries its change into the buckets after it.
     */
    private void writeTotals(long bucket, Map<TotalKey, Long> changes, long newest) {
        var rows = new ArrayList<Object[]>(changes.size());
        changes.forEach((key, fen) -> rows.add(new Object[] {
            key.scope().kind().name(), key.scope().id(), key.account().name(), bucket, fen
        }));
        tables.writeAtOnce(WRITE_TOTALS, TOTAL_COLUMNS, rows);
        if (bucket < parted.of(newest)) {
            tables.writeAtOnce(CARRY_TOTALS, TOTAL_COLUMNS, rows);
        }
    }

    private void violated(Told told, String sentence) {
        if (violation == null) {
            violation = new Violation(
                    told.position(),
                    "after " + told.event().getClass().getSimpleName() + " in "
                            + told.event().streamId() + ": " + sentence);
        }
    }
}
