package org.voucherledger.projections.risk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.batch.BatchEvent;
import org.voucherledger.domain.batch.BatchState;
import org.voucherledger.domain.dossier.Deadlines;
import org.voucherledger.domain.party.EnterpriseEvent;
import org.voucherledger.domain.party.EnterpriseEvent.EnterpriseRegistered;
import org.voucherledger.domain.party.EnterpriseState;
import org.voucherledger.domain.party.ProviderEvent;
import org.voucherledger.domain.party.ProviderEvent.ProviderRegistered;
import org.voucherledger.domain.party.ProviderState;
import org.voucherledger.domain.scheme.SchemeEvent;
import org.voucherledger.domain.scheme.SchemeState;
import org.voucherledger.domain.voucher.Contract;
import org.voucherledger.domain.voucher.Invoice;
import org.voucherledger.domain.voucher.VoucherEvent;
import org.voucherledger.domain.voucher.VoucherEvent.ContractUploaded;
import org.voucherledger.domain.voucher.VoucherEvent.ItemSettled;
import org.voucherledger.domain.voucher.VoucherEvent.PaymentDocumentsCorrected;
import org.voucherledger.domain.voucher.VoucherEvent.PaymentSentBack;
import org.voucherledger.domain.voucher.VoucherEvent.PaymentUndone;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherClaimUndone;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherClaimed;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherPaid;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherReinstated;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherReserved;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherReturned;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherRevoked;
import org.voucherledger.domain.voucher.VoucherState;
import org.voucherledger.projections.audittrail.SubjectKind;
import org.voucherledger.projections.projection.Projection;
import org.voucherledger.projections.projection.States;
import org.voucherledger.projections.projection.Tables;
import org.voucherledger.projections.projection.Told;

/**
 * The facts in which risks are looked for: prices, invoices, payments, returns. Whether they are a risk is decided when it is
 * asked, so that a threshold can be changed without telling anything again.
 */
public final class RiskProjection implements Projection {

    public static final String NAME = "risk";

    private static final String WRITE_STATE =
            "insert into {slot}.%s values (?, ?::json) on conflict (id) do update set state = excluded.state";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void tell(List<Told> events, Tables tables) {
        new Telling(events, tables).tell();
    }

    /** One batch of events and the states it touches. */
    private static final class Telling {

        private final List<Told> events;
        private final Tables tables;
        private final States<VoucherState, VoucherEvent> vouchers;
        private final States<BatchState, BatchEvent> batches;
        private final States<SchemeState, SchemeEvent> schemes;
        private final States<EnterpriseState, EnterpriseEvent> enterprises;
        private final States<ProviderState, ProviderEvent> providers;
        private final List<Object[]> contracts = new ArrayList<>();
        private final List<Object[]> invoices = new ArrayList<>();
        private final List<Object[]> paid = new ArrayList<>();
        private final List<Object[]> returned = new ArrayList<>();
        private final List<Object[]> parties = new ArrayList<>();

        Telling(List<Told> events, Tables tables) {
            this.events = events;
            this.tables = tables;
            vouchers = tables.states(
                    "voucher",
                    VoucherState.class,
                    VoucherState.EMPTY,
                    ids(VoucherEvent.class, VoucherEvent::voucherId));
            batches = tables.states(
                    "batch", BatchState.class, BatchState.EMPTY, ids(BatchEvent.class, BatchEvent::batchId));
            schemes = tables.states(
                    "scheme", SchemeState.class, SchemeState.EMPTY, ids(SchemeEvent.class, SchemeEvent::schemeId));
            enterprises = tables.states(
                    "enterprise",
                    EnterpriseState.class,
                    EnterpriseState.EMPTY,
                    ids(EnterpriseEvent.class, EnterpriseEvent::enterpriseId));
            providers = tables.states(
                    "provider",
                    ProviderState.class,
                    ProviderState.EMPTY,
                    ids(ProviderEvent.class, ProviderEvent::providerId));
        }

        private <E extends DomainEvent> Collection<String> ids(Class<E> kind, Function<E, String> id) {
            return events.stream()
                    .map(Told::event)
                    .filter(kind::isInstance)
                    .map(kind::cast)
                    .map(id)
                    .toList();
        }

        void tell() {
            events.forEach(this::follow);
            tables.write("insert into {slot}.contract values (?, ?, ?, ?, ?, ?)", contracts);
            tables.write("insert into {slot}.invoice values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", invoices);
            tables.write("insert into {slot}.paid values (?, ?, ?, ?, ?, ?)", paid);
            tables.write("insert into {slot}.returned values (?, ?, ?, ?, ?)", returned);
            tables.write("insert into {slot}.party values (?, ?, ?) on conflict do nothing", parties);
            keep("voucher", vouchers);
            keep("batch", batches);
            keep("scheme", schemes);
            keep("enterprise", enterprises);
            keep("provider", providers);
        }

        private void keep(String table, States<?, ?> states) {
            tables.write(
                    WRITE_STATE.formatted(table),
                    states.changed().keySet().stream()
                            .map(id -> new Object[] {id, states.json(id)})
                            .toList());
        }

        private void follow(Told told) {
            switch (told.event()) {
                case VoucherEvent e -> {
                    look(told, e, vouchers.now(e.voucherId()));
                    vouchers.evolve(e.voucherId(), told, e);
                }
                case BatchEvent e -> batches.evolve(e.batchId(), told, e);
                case SchemeEvent e -> schemes.evolve(e.schemeId(), told, e);
                case EnterpriseEvent e -> {
                    enterprises.evolve(e.enterpriseId(), told, e);
                    if (e instanceof EnterpriseRegistered) {
                        parties.add(new Object[] {e.enterpriseId(), SubjectKind.ENTERPRISE.name(), told.position()});
                    }
                }
                case ProviderEvent e -> {
                    providers.evolve(e.providerId(), told, e);
                    if (e instanceof ProviderRegistered) {
                        parties.add(new Object[] {e.providerId(), SubjectKind.PROVIDER.name(), told.position()});
                    }
                }
                default -> {}
            }
        }

        /** What an event adds, of a voucher as it stood before. A person's purchases are not looked at (CV-01). */
        private void look(Told told, VoucherEvent event, VoucherState before) {
            switch (event) {
                case VoucherReserved e ->
                    contract(told, e.voucherId(), e.enterpriseId(), e.providerId(), e.productId(), e.contract());
                case ContractUploaded e ->
                    contract(
                            told,
                            e.voucherId(),
                            before.issue().enterpriseId(),
                            before.providerId(),
                            before.order().productId(),
                            e.contract());
                case VoucherPaid e -> {
                    paid(told, before, e.paidFen(), false);
                    invoices(told, before, e.invoices());
                }
                case PaymentDocumentsCorrected e -> invoices(told, before, e.invoices());
                case VoucherClaimed e -> {
                    paid(told, before, e.claimedFen(), false);
                    invoices(told, before, e.invoices());
                }
                case PaymentSentBack e -> paid(told, before, -e.paidFen(), true);
                case PaymentUndone e -> paid(told, before, -e.paidFen(), true);
                case VoucherClaimUndone e -> paid(told, before, -e.claimedFen(), false);
                case VoucherReinstated e -> paid(told, before, -e.paidFen(), false);
                case VoucherRevoked e -> paid(told, before, -e.paidFen() - e.acceptedFen() - e.claimedFen(), false);
                case ItemSettled e -> paid(told, before, -e.backFen(), false);
                case VoucherReturned e -> returned(told, before);
                default -> {}
            }
        }

        private void contract(
                Told told,
                String voucherId,
                String enterpriseId,
                String providerId,
                String productId,
                Contract contract) {
            contracts.add(
                    new Object[] {told.position(), voucherId, enterpriseId, providerId, productId, contract.relatedFen()
                    });
        }

        private void paid(Told told, VoucherState voucher, long changeFen, boolean undone) {
            if (changeFen != 0 && !voucher.issue().enterpriseId().isEmpty()) {
                paid.add(new Object[] {
                    told.position(),
                    voucher.issue().voucherId(),
                    voucher.issue().enterpriseId(),
                    voucher.providerId(),
                    changeFen,
                    undone
                });
            }
        }

        private void invoices(Told told, VoucherState voucher, List<Invoice> shown) {
            for (int i = 0; i < shown.size(); i++) {
                Invoice invoice = shown.get(i);
                invoices.add(new Object[] {
                    told.position(),
                    i,
                    voucher.issue().voucherId(),
                    voucher.issue().enterpriseId(),
                    voucher.providerId(),
                    invoice.kind().name(),
                    invoice.code(),
                    invoice.number(),
                    invoice.date(),
                    invoice.amountFen()
                });
            }
        }

        /** GZ-30: when time would have taken it back, as the domain reckons it; nothing before that is known. */
        private void returned(Told told, VoucherState voucher) {
            var issue = voucher.issue();
            var terms = schemes.now(issue.schemeId()).terms(issue.schemeVersion());
            var deadlines = Deadlines.of(
                    voucher,
                    batches.now(issue.batchId()),
                    terms.ordering(),
                    enterprises.now(issue.enterpriseId()).standing(),
                    providers.now(voucher.providerId()).standing());
            var lapse = deadlines.recovery(terms.kind(), voucher.status(), voucher.contractedInTime());
            if (lapse != null && lapse.at() != null && !lapse.at().equals(Instant.MAX)) {
                returned.add(new Object[] {
                    told.position(),
                    issue.voucherId(),
                    issue.enterpriseId(),
                    Tables.time(told.at()),
                    Tables.time(lapse.at())
                });
            }
        }
    }
}
