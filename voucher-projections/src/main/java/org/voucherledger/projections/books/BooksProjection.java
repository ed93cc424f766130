package org.voucherledger.projections.books;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.voucherledger.domain.batch.BatchEvent;
import org.voucherledger.domain.batch.BatchEvent.BatchOpened;
import org.voucherledger.domain.batch.BatchEvent.BudgetRaised;
import org.voucherledger.domain.batch.BatchEvent.BudgetTakenBack;
import org.voucherledger.domain.batch.BatchEvent.CityQuotaMoved;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaEvent;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent;
import org.voucherledger.domain.scheme.SchemeEvent.FundChanged;
import org.voucherledger.domain.scheme.SchemeEvent.SchemePublished;
import org.voucherledger.domain.voucher.VoucherEvent;
import org.voucherledger.domain.voucher.VoucherEvent.PaymentDocumentsCorrected;
import org.voucherledger.domain.voucher.VoucherEvent.PaymentSentBack;
import org.voucherledger.domain.voucher.VoucherEvent.PaymentUndone;
import org.voucherledger.domain.voucher.VoucherEvent.RefundProved;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherPaid;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherReinstated;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherReturned;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherRevoked;
import org.voucherledger.projections.projection.Projection;
import org.voucherledger.projections.projection.Tables;
import org.voucherledger.projections.projection.Told;

/**
 * The books: each event that moves money or a memorandum, as postings between the rulebook's accounts.
 *
 * <p>Computed from the amounts that the events carry, not from the domain's states, so that {@link BooksVerification} can
 * hold the one against the other.
 */
public final class BooksProjection implements Projection {

    public static final String NAME = "books";

    private static final String WRITE_POSTING =
            "insert into {slot}.posting values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String WRITE_BALANCE = """
            insert into {slot}.balance values (?, ?, ?, ?, ?, ?) on conflict (book, scheme_id, batch_id, owner, account)
            do update set balance_fen = balance.balance_fen + excluded.balance_fen
            """;
    private static final String WRITE_FUND =
            "insert into {slot}.fund values (?, ?) on conflict (id) do update set fund_fen = excluded.fund_fen";
    private static final String WRITE_BUDGET =
            "insert into {slot}.budget values (?, ?, ?) on conflict (id) do update set budget_fen = excluded.budget_fen";
    private static final String WRITE_OWED =
            "insert into {slot}.owed values (?, ?) on conflict (id) do update set owed_fen = excluded.owed_fen";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void tell(List<Told> events, Tables tables) {
        new Telling(events, tables).tell();
    }

    private record BalanceKey(Book book, String schemeId, String batchId, String owner, Account account) {}

    private record Budget(String schemeId, long fen) {}

    /** One batch of events, with what is needed of the tables to post them. */
    private static final class Telling {

        private final List<Told> events;
        private final Tables tables;
        private final Map<String, Long> funds = new HashMap<>();
        private final Map<String, Budget> budgets = new HashMap<>();
        private final Map<String, Long> owed = new HashMap<>();
        private final Map<String, Long> owedAnew = new LinkedHashMap<>();
        private final List<Object[]> postings = new ArrayList<>();
        private final Map<BalanceKey, Long> changes = new LinkedHashMap<>();
        private Told told;
        private int line;

        Telling(List<Told> events, Tables tables) {
            this.events = events;
            this.tables = tables;
            tables.read(
                    "select id, fund_fen from {slot}.fund where id = any(?)",
                    events.stream()
                            .map(Told::event)
                            .filter(SchemePublished.class::isInstance)
                            .map(e -> ((SchemePublished) e).schemeId())
                            .distinct()
                            .toList(),
                    row -> funds.put(row.getString(1), row.getLong(2)));
            tables.read(
                    "select id, scheme_id, budget_fen from {slot}.budget where id = any(?)",
                    events.stream()
                            .map(Told::event)
                            .map(Telling::batchOf)
                            .filter(id -> !id.isEmpty())
                            .distinct()
                            .toList(),
                    row -> budgets.put(row.getString(1), new Budget(row.getString(2), row.getLong(3))));
            tables.read(
                    "select id, owed_fen from {slot}.owed where id = any(?)",
                    events.stream()
                            .map(Told::event)
                            .filter(VoucherEvent.class::isInstance)
                            .map(e -> ((VoucherEvent) e).voucherId())
                            .distinct()
                            .toList(),
                    row -> owed.put(row.getString(1), row.getLong(2)));
        }

        private static String batchOf(Object event) {
            return switch (event) {
                case VoucherEvent e -> e.batchId();
                case BatchEvent e -> e.batchId();
                default -> "";
            };
        }

        void tell() {
            events.forEach(this::post);
            tables.write(WRITE_POSTING, postings);
            tables.write(WRITE_BALANCE, balanceRows());
            tables.write(WRITE_FUND, rows(funds));
            tables.write(WRITE_OWED, rows(owedAnew));
            var rows = new ArrayList<Object[]>();
            budgets.forEach((id, budget) -> rows.add(new Object[] {id, budget.schemeId(), budget.fen()}));
            tables.write(WRITE_BUDGET, rows);
        }

        private static List<Object[]> rows(Map<String, Long> amounts) {
            var rows = new ArrayList<Object[]>();
            amounts.forEach((id, fen) -> rows.add(new Object[] {id, fen}));
            return rows;
        }

        private List<Object[]> balanceRows() {
            var rows = new ArrayList<Object[]>();
            changes.forEach((key, fen) -> rows.add(new Object[] {
                key.book().name(),
                key.schemeId(),
                key.batchId(),
                key.owner(),
                key.account().name(),
                fen
            }));
            return rows;
        }

        private void post(Told next) {
            told = next;
            line = 0;
            switch (next.event()) {
                case SchemePublished e ->
                    fund(
                            e.schemeId(),
                            funds.getOrDefault(e.schemeId(), 0L),
                            e.terms().fund().amountFen());
                case FundChanged e -> fund(e.schemeId(), e.beforeFen(), e.fundFen());
                case BatchEvent e -> {
                    budget(e);
                    record(Postings.of(e));
                }
                case VoucherEvent e -> {
                    record(Postings.of(e));
                    owed(e);
                }
                case EnterpriseQuotaEvent e -> record(Postings.of(e));
                case ProviderQuotaEvent e -> record(Postings.of(e));
                default -> {}
            }
        }

        private void fund(String schemeId, long beforeFen, long afterFen) {
            funds.put(schemeId, afterFen);
            record(Postings.ofFund(schemeId, beforeFen, afterFen));
        }

        private void budget(BatchEvent event) {
            switch (event) {
                case BatchOpened e -> budgets.put(e.batchId(), new Budget(e.schemeId(), e.budgetFen()));
                case BudgetRaised e -> budgetMoved(e.batchId(), e.amountFen());
                case BudgetTakenBack e -> budgetMoved(e.batchId(), -e.amountFen());
                case CityQuotaMoved e -> budgetMoved(e.batchId(), e.gives() ? -e.amountFen() : e.amountFen());
                default -> {}
            }
        }

        private void budgetMoved(String batchId, long fen) {
            budgets.computeIfPresent(batchId, (id, budget) -> new Budget(budget.schemeId(), budget.fen() + fen));
        }

        /** What is owed stands and falls with the payment it came from. */
        private void owed(VoucherEvent event) {
            long before = owed.getOrDefault(event.voucherId(), 0L);
            long after = switch (event) {
                case VoucherPaid e -> e.owedFen();
                case PaymentDocumentsCorrected e -> e.owedFen();
                case PaymentSentBack e -> 0;
                case PaymentUndone e -> 0;
                case VoucherReinstated e -> 0;
                case VoucherReturned e -> 0;
                case VoucherRevoked e -> 0;
                default -> before;
            };
            record(Postings.ofOwed(event, before, after));
            long left = event instanceof RefundProved proved ? before - proved.amountFen() : after;
            if (left != before) {
                owed.put(event.voucherId(), left);
                owedAnew.put(event.voucherId(), left);
            }
        }

        private void record(List<Posting> lines) {
            for (Posting posting : lines) {
                String scheme = posting.schemeId().isEmpty()
                        ? budgets.get(posting.batchId()).schemeId()
                        : posting.schemeId();
                postings.add(new Object[] {
                    told.position(),
                    line++,
                    posting.from().book().name(),
                    scheme,
                    posting.batchId(),
                    posting.owner(),
                    posting.from().name(),
                    posting.to().name(),
                    posting.amountFen(),
                    posting.voucherId(),
                    told.event().getClass().getSimpleName(),
                    Tables.time(told.at())
                });
                change(posting, scheme, posting.from(), -posting.amountFen());
                change(posting, scheme, posting.to(), posting.amountFen());
            }
        }

        /** The fund's own accounts belong to the scheme, whichever batch the money goes to. */
        private void change(Posting posting, String scheme, Account account, long fen) {
            String batch = account == Account.UNALLOCATED || account == Account.TREASURY ? "" : posting.batchId();
            changes.merge(new BalanceKey(account.book(), scheme, batch, posting.owner(), account), fen, Long::sum);
        }
    }
}
