package org.voucherledger.domain.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.batch.BatchCommand.Apply;
import org.voucherledger.domain.batch.BatchCommand.EndApplications;
import org.voucherledger.domain.batch.BatchCommand.GrantApplications;
import org.voucherledger.domain.batch.BatchCommand.OpenBatch;
import org.voucherledger.domain.batch.BatchCommand.PublishGrant;
import org.voucherledger.domain.batch.BatchCommand.TakeVoucher;
import org.voucherledger.domain.batch.BatchCommand.WithdrawApplication;
import org.voucherledger.domain.batch.BatchEvent.ApplicationGranted;
import org.voucherledger.domain.batch.BatchPhase;
import org.voucherledger.domain.batch.BatchState;
import org.voucherledger.domain.catalogue.CatalogueCommand;
import org.voucherledger.domain.cloud.CloudCommand.ApplyWithContract;
import org.voucherledger.domain.cloud.CloudCommand.ClaimCloudVoucher;
import org.voucherledger.domain.cloud.CloudCommand.RecallApplication;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.AllowedTo;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaState;
import org.voucherledger.domain.expert.ExpertCommand.RegisterExpert;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.party.EnterpriseCommand;
import org.voucherledger.domain.party.EnterpriseCommand.Declaration;
import org.voucherledger.domain.party.EnterpriseCommand.RegisterEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.VerifyEnterprise;
import org.voucherledger.domain.party.PriorityTag;
import org.voucherledger.domain.party.ProviderCommand;
import org.voucherledger.domain.party.ProviderCommand.PublishProduct;
import org.voucherledger.domain.party.ProviderCommand.RecogniseProvider;
import org.voucherledger.domain.party.ProviderCommand.RegisterProvider;
import org.voucherledger.domain.party.ProviderCommand.VerifyProvider;
import org.voucherledger.domain.party.ServiceType;
import org.voucherledger.domain.providerquota.ProviderQuotaState;
import org.voucherledger.domain.redemption.ClaimCommand;
import org.voucherledger.domain.redemption.ClaimCommand.EndNotice;
import org.voucherledger.domain.redemption.ClaimCommand.ItemReview;
import org.voucherledger.domain.redemption.ClaimCommand.PublishClaim;
import org.voucherledger.domain.redemption.ClaimCommand.ReconcileClaim;
import org.voucherledger.domain.redemption.ClaimCommand.ReviewAsExpert;
import org.voucherledger.domain.redemption.ClaimCommand.ReviewFinally;
import org.voucherledger.domain.redemption.ClaimCommand.ReviewFirst;
import org.voucherledger.domain.redemption.ClaimCommand.SettleItems;
import org.voucherledger.domain.redemption.ClaimCommand.SubmitClaim;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.scheme.SchemeCommand.PublishScheme;
import org.voucherledger.domain.scheme.SchemeTerms;
import org.voucherledger.domain.voucher.VoucherCommand;
import org.voucherledger.domain.voucher.VoucherCommand.AcceptVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.ConfirmContract;
import org.voucherledger.domain.voucher.VoucherCommand.ConfirmOrder;
import org.voucherledger.domain.voucher.VoucherCommand.OrderVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.PayVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.UploadContract;
import org.voucherledger.domain.voucher.VoucherCommand.UseVoucher;
import org.voucherledger.domain.voucher.VoucherState;

/**
 * A whole city in the words of the business, for tests: enterprises {@code E1}, {@code E2} …, providers {@code P1} …,
 * vouchers {@code V1} … and one scheme, on the real domain. Who appears first is registered, verified and in good standing;
 * a test says what is special. The clock stands still until the test moves it.
 *
 * <p>Every word sends real commands; {@link #sends} sends any. What a step became is asked afterwards, by
 * {@link #wasAccepted} or {@link #wasRefusedBy}. Amounts in fen.
 */
public final class City implements AutoCloseable {

    private static final Duration WINDOW = Duration.ofHours(1);

    private final TestLedger ledger;
    private final Books books = new Books();
    private final String scheme;
    private final int year;
    private final Set<String> enterprises = new LinkedHashSet<>();
    private final Set<String> providers = new LinkedHashSet<>();
    private final Map<String, String> vouchers = new LinkedHashMap<>();
    private final Map<String, Papers> papers = new HashMap<>();
    private final Set<String> asTold = new LinkedHashSet<>();
    private Instant now = GuangzhouTerms.shanghai("2020-04-01T09:00");
    private Outcome last;
    private int batches;

    /** Guangzhou in 2020. */
    public City() {
        this(GuangzhouTerms.asPublished());
    }

    public City(SchemeTerms terms) {
        this(terms, (ledger, handlers) -> handlers);
    }

    /** A city whose handlers have been tampered with, to see a check fail. */
    public City(SchemeTerms terms, BiFunction<Ledger, List<Object>, List<Object>> handlers) {
        ledger = new TestLedger(handlers);
        scheme = terms.schemeId();
        year = terms.year();
        sends(new PublishScheme(terms, "0".repeat(64))).wasAccepted();
    }

    // ---------------------------------------------------------------- time

    /** Sets the clock to this reading of Shanghai's: {@code 2020-05-31T00:00}. */
    public City at(String dateTime) {
        return at(GuangzhouTerms.shanghai(dateTime));
    }

    public City at(Instant instant) {
        now = instant;
        return this;
    }

    public Instant now() {
        return now;
    }

    // ---------------------------------------------------------------- sending

    /** Sends a command as the first role that may issue it, on behalf of the party it concerns. */
    public City sends(Command command) {
        Actor actor = actorFor(command);
        if (command instanceof ReviewAsExpert) {
            enrols(actor.id());
        }
        return sends(command, actor);
    }

    /** Enters the expert into the register, unless the ledger has known it before (SV-01). */
    public City enrols(String expertRef) {
        if (!ledger.look(l -> l.expert(expertRef).now().exists())) {
            sends(new RegisterExpert(expertRef, Set.of(ServiceType.INFORMATION), GuangzhouTerms.CITY))
                    .wasAccepted();
        }
        return this;
    }

    public City sends(Command command, Actor actor) {
        last = ledger.send(command, actor, now);
        if (!last.accepted()) {
            assertThat(last.events())
                    .as("a refusal leaves nothing behind: %s", last.refusal())
                    .isEmpty();
        }
        nameVouchers();
        return this;
    }

    public Outcome lastOutcome() {
        return last;
    }

    public City wasAccepted() {
        assertThat(last.refusal()).as("%s was refused", last.command()).isNull();
        return this;
    }

    public RefusalAssert wasRefusedBy(Rule rule) {
        assertThat(last.refusal()).as("%s was accepted", last.command()).isNotNull();
        assertThat(last.refusal().rule()).as("%s", last.refusal()).isEqualTo(rule);
        return new RefusalAssert(last.refusal());
    }

    /** Who would send this: one person for each role, the party's own handler where a party acts. */
    public Actor actorFor(Command command) {
        Role[] roles = command.getClass().getAnnotation(AllowedTo.class).value();
        boolean byPerson =
                Arrays.asList(roles).contains(Role.HOLDER) && !holderOf(command).equals("nobody");
        Role role = byPerson ? Role.HOLDER : roles[0];
        return switch (role) {
            case ENTERPRISE -> party(role, enterpriseOf(command));
            case PROVIDER -> party(role, providerOf(command));
            case HOLDER -> party(role, holderOf(command));
            case SYSTEM -> Actor.SYSTEM;
            default -> Actor.of(role.name().toLowerCase(Locale.ROOT) + "-1", role);
        };
    }

    public static Actor party(Role role, String creditCode) {
        return new Actor("handler-of-" + creditCode, role, creditCode);
    }

    private String enterpriseOf(Command command) {
        return switch (command) {
            case Apply c -> c.enterpriseId();
            case WithdrawApplication c -> c.enterpriseId();
            case ApplyWithContract c -> c.enterpriseId();
            case RecallApplication c -> holderOf(c.voucherId());
            case ClaimCloudVoucher c -> holderOf(c.voucherId());
            case EnterpriseCommand c -> c.enterpriseId();
            case VoucherCommand c -> holderOf(c.voucherId());
            default -> "nobody";
        };
    }

    private String holderOf(String voucherId) {
        VoucherState state = state(voucherId);
        return state.exists() ? state.issue().enterpriseId() : "nobody";
    }

    private String providerOf(Command command) {
        return switch (command) {
            case ProviderCommand c -> c.providerId();
            case CatalogueCommand c -> c.providerId();
            case SubmitClaim c -> c.providerId();
            case ClaimCommand c -> {
                var claim = ledger.look(l -> l.claim(c.claimId()).now());
                yield claim.exists() ? claim.submitted().providerId() : "nobody";
            }
            case VoucherCommand c -> {
                VoucherState state = state(c.voucherId());
                yield state.providerId().isEmpty() ? "nobody" : state.providerId();
            }
            default -> "nobody";
        };
    }

    private String holderOf(Command command) {
        return switch (command) {
            case TakeVoucher c -> c.holderRef();
            case VoucherCommand c -> {
                VoucherState state = state(c.voucherId());
                yield state.exists() && !state.issue().holderRef().isEmpty()
                        ? state.issue().holderRef()
                        : "nobody";
            }
            default -> "nobody";
        };
    }

    // ---------------------------------------------------------------- parties

    /** The credit code of {@code E1}, who is registered and verified if it had not appeared before. */
    public String enterprise(String name) {
        if (!enterprises.contains(name)) {
            registers(name, Cast.declaration(name)).verifies(name);
        }
        return Cast.code(name);
    }

    public City registers(String name, Declaration declaration) {
        enterprises.add(name);
        return sends(new RegisterEnterprise(Cast.code(name), declaration)).wasAccepted();
    }

    public City verifies(String name, PriorityTag... tags) {
        return sends(new VerifyEnterprise(
                        Cast.code(name),
                        2020,
                        LocalDate.of(2020, 1, 2),
                        true,
                        true,
                        Set.copyOf(Arrays.asList(tags)),
                        Papers.forVerification()))
                .wasAccepted();
    }

    /** The credit code of {@code P1}, who is registered with a product of each type if it had not appeared before. */
    public String provider(String name) {
        if (!providers.contains(name)) {
            registers(Cast.recognition(name));
        }
        return Cast.code(name);
    }

    /** Registers a provider as this entry of the recognition list has it, with a product of each type it names. */
    public City registers(RecogniseProvider entry) {
        String name = nameOf(entry.providerId());
        providers.add(name);
        sends(entry).wasAccepted();
        sends(new RegisterProvider(
                        entry.providerId(), entry.name(), entry.city(), List.of(Papers.document("BUSINESS_LICENCE"))))
                .wasAccepted();
        sends(new VerifyProvider(entry.providerId())).wasAccepted();
        for (ServiceType type : entry.serviceTypes()) {
            sends(Cast.product(name, type)).wasAccepted();
            sends(new PublishProduct(entry.providerId(), type.name(), 1)).wasAccepted();
        }
        return this;
    }

    private static String nameOf(String creditCode) {
        return creditCode.substring(8, 9).replace("M", "E") + Integer.parseInt(creditCode.substring(9, 17));
    }

    // ---------------------------------------------------------------- batches

    /** Opens a batch whose applications are received in [from, until). */
    public City opensBatch(String batch, long budgetFen, Instant from, Instant until) {
        return sends(new OpenBatch(batch, scheme, "", budgetFen, from, until, null, null, null, "notice-" + batch));
    }

    public City applies(String enterprise, String batch, long... partsFen) {
        List<Long> parts = Arrays.stream(partsFen).boxed().toList();
        return sends(
                new Apply(batch, enterprise(enterprise), Arrays.stream(partsFen).sum(), parts));
    }

    /** Ends applications, grants and publishes, at the clock's reading. */
    public City grantsAndPublishes(String batch) {
        sends(new EndApplications(batch)).wasAccepted();
        return grantsAndPublishesAfterEnd(batch);
    }

    /** Grants and publishes a batch whose applications have ended. */
    public City grantsAndPublishesAfterEnd(String batch) {
        while (batch(batch).phase() == BatchPhase.ENDED) {
            sends(new GrantApplications(batch, 100)).wasAccepted();
        }
        while (batch(batch).phase() == BatchPhase.GRANTED) {
            sends(new PublishGrant(batch, 100)).wasAccepted();
        }
        return this;
    }

    /** What {@link #grants} gives: {@code voucher("V1").worth(yuan(10_000)).to("E1")}. */
    public record Grant(String voucher, long faceFen, String enterprise) {

        public static Grant voucher(String name) {
            return new Grant(name, 0, "");
        }

        public Grant worth(long fen) {
            return new Grant(voucher, fen, enterprise);
        }

        public Grant to(String name) {
            return new Grant(voucher, faceFen, name);
        }
    }

    /**
     * Grants these vouchers in a batch of their own: a window of one hour from now, everybody applies at its opening, and
     * what is granted is published at its end, where the clock then stands. Answers the batch.
     */
    public String grants(Grant... grants) {
        String batch = "B" + ++batches;
        long budget = Arrays.stream(grants).mapToLong(Grant::faceFen).sum();
        Arrays.stream(grants).forEach(grant -> enterprise(grant.enterprise()));
        opensBatch(batch, budget, now, now.plus(WINDOW)).wasAccepted();
        var byEnterprise = new LinkedHashMap<String, List<Grant>>();
        for (Grant grant : grants) {
            byEnterprise
                    .computeIfAbsent(grant.enterprise(), e -> new ArrayList<>())
                    .add(grant);
        }
        byEnterprise.forEach((enterprise, theirs) -> applies(
                        enterprise,
                        batch,
                        theirs.stream().mapToLong(Grant::faceFen).toArray())
                .wasAccepted());
        int before = ledger.events().size();
        at(now.plus(WINDOW)).grantsAndPublishes(batch);
        var names = new HashMap<String, List<Grant>>(byEnterprise);
        for (var message : ledger.events().subList(before, ledger.events().size())) {
            if (message.getPayload() instanceof ApplicationGranted granted) {
                List<Grant> theirs = names.get(nameOf(granted.enterpriseId()));
                for (int i = 0; i < theirs.size(); i++) {
                    vouchers.put(theirs.get(i).voucher(), granted.voucherIds().get(i));
                }
            }
        }
        return batch;
    }

    /** Vouchers that a test granted by itself are called by their identifiers. */
    private void nameVouchers() {
        for (DomainEvent event : last.events()) {
            if (event instanceof ApplicationGranted granted) {
                granted.voucherIds().forEach(id -> vouchers.putIfAbsent(id, id));
            }
        }
    }

    // ---------------------------------------------------------------- using

    /** The identifier of {@code V1}. */
    public String id(String voucher) {
        return vouchers.getOrDefault(voucher, voucher);
    }

    public Ordering orders(String voucher) {
        return new Ordering(voucher);
    }

    /** An order on its way: {@code orders("V1").from("P1").using(yuan(5_000))}. */
    public final class Ordering {
        private final String voucher;
        private String provider = "P1";
        private ServiceType type = ServiceType.INFORMATION;

        private Ordering(String voucher) {
            this.voucher = voucher;
        }

        public Ordering from(String name) {
            provider = name;
            return this;
        }

        public Ordering aServiceOf(ServiceType other) {
            type = other;
            return this;
        }

        public City using(long fen) {
            return sends(new OrderVoucher(id(voucher), provider(provider), type.name(), fen, true));
        }
    }

    /** The papers that this voucher's purchase is proved by, costing twice its face unless the test has said otherwise. */
    public Papers papers(String voucher) {
        return papers.computeIfAbsent(voucher, v -> {
            VoucherState state = state(id(v));
            return Papers.of(
                            nameOf(state.issue().enterpriseId()),
                            nameOf(state.order().providerId()),
                            "N-" + id(v),
                            2 * state.issue().faceFen())
                    .of(state.order().serviceType());
        });
    }

    /** From now on the voucher's purchase is proved by these. */
    public City proves(String voucher, Papers other) {
        papers.put(voucher, other);
        asTold.add(voucher);
        return this;
    }

    public City uploadsContract(String voucher) {
        return sends(new UploadContract(
                id(voucher), papers(voucher).contract(), true, List.of(Papers.document("CONTRACT"))));
    }

    /** Pays; where the test has not said how, the enterprise's own transfer is all that the voucher does not pay. */
    public City pays(String voucher, long fen) {
        Papers told = papers(voucher);
        Papers p = asTold.contains(voucher) ? told : told.transferred(told.invoicedFen() - fen);
        return sends(new PayVoucher(
                id(voucher), fen, p.completedOn(), 5, p.invoices(), p.transfers(), true, p.paymentDocuments()));
    }

    /** Orders from {@code P1}, has it confirmed, and the contract uploaded and confirmed. */
    public City contracts(String voucher, long expectedFen) {
        orders(voucher).using(expectedFen).wasAccepted();
        return contracts(voucher);
    }

    /** Takes an order that has just been placed to its confirmed contract. */
    public City contracts(String voucher) {
        sends(new ConfirmOrder(id(voucher))).wasAccepted();
        uploadsContract(voucher).wasAccepted();
        return sends(new ConfirmContract(id(voucher), true)).wasAccepted();
    }

    /** From an issued voucher to one whose payment of this much its provider has accepted. */
    public City accepts(String voucher, long paidFen) {
        contracts(voucher, paidFen);
        return paysAndAccepts(voucher, paidFen);
    }

    public City paysAndAccepts(String voucher, long paidFen) {
        pays(voucher, paidFen).wasAccepted();
        return sends(new AcceptVoucher(id(voucher))).wasAccepted();
    }

    // ---------------------------------------------------------------- redeeming

    public City claims(String claim, String... names) {
        List<String> ids = Arrays.stream(names).map(this::id).toList();
        VoucherState first = state(ids.get(0));
        String provider = first.providerId().isEmpty() ? provider("P1") : first.providerId();
        return sends(
                new SubmitClaim(claim, first.issue().batchId(), provider, ids, List.of(Papers.document("CLAIM_FORM"))));
    }

    /** Both reviews approve so much of each item. */
    public City reviews(String claim, long approvedFen) {
        sends(new ReviewFirst(claim, everyItem(claim, approvedFen))).wasAccepted();
        return sends(new ReviewFinally(claim, everyItem(claim, approvedFen))).wasAccepted();
    }

    /** The same word on each item that is still live. */
    public List<ItemReview> everyItem(String claim, long approvedFen) {
        return ledger.look(l -> l.claim(claim).now()).live().stream()
                .map(item -> new ItemReview(item.voucherId(), approvedFen, "审核意见"))
                .toList();
    }

    public City publishes(String claim) {
        return sends(new PublishClaim(claim));
    }

    public City settles(String claim, String... names) {
        return sends(new SettleItems(claim, Arrays.stream(names).map(this::id).toList(), "bank-" + claim));
    }

    public City endsNotice(String claim, String... names) {
        return sends(new EndNotice(claim, Arrays.stream(names).map(this::id).toList()));
    }

    /** From accepted to published with this much approved of each. */
    public City redeemsUpToNotice(String claim, long approvedFen, String... names) {
        claims(claim, names).wasAccepted();
        return reviews(claim, approvedFen).publishes(claim).wasAccepted();
    }

    // ---------------------------------------------------------------- consuming

    /** Opens a cycle whose vouchers are taken in [from, until) and used before {@code validUntil} (CV-01). */
    public City opensCycle(
            String batch, long budgetFen, Instant from, Instant until, Instant validUntil, Instant redemptionUntil) {
        return sends(new OpenBatch(
                batch, scheme, "", budgetFen, from, until, validUntil, from, redemptionUntil, "notice-" + batch));
    }

    public City takes(String holderRef, String batch, String category, long faceFen) {
        return sends(new TakeVoucher(batch, holderRef, category, faceFen));
    }

    /** Uses a voucher at a merchant, which is registered if it had not appeared before. */
    public City uses(String voucher, String merchant, String reference, long purchaseFen) {
        if (!providers.contains(merchant)) {
            registers(Cast.merchant(merchant, ConsumptionTerms.CATERING, ConsumptionTerms.RETAIL));
        }
        return sends(new UseVoucher(id(voucher), Cast.code(merchant), reference, purchaseFen));
    }

    /** The reconciliation approves so much of each item. */
    public City reconciles(String claim, long approvedFen) {
        return sends(new ReconcileClaim(claim, everyItem(claim, approvedFen)));
    }

    // ---------------------------------------------------------------- asking

    public TestLedger ledger() {
        return ledger;
    }

    public Books books() {
        return books.upTo(ledger);
    }

    /** ALL-03, recomputed from every event. */
    public City booksBalance() {
        books().balance();
        return this;
    }

    public VoucherAssert voucher(String name) {
        return new VoucherAssert(name, state(id(name)), books().voucher(id(name)));
    }

    public VoucherState state(String voucherId) {
        return ledger.look(l -> l.voucher(voucherId).now());
    }

    public BatchState batch(String batchId) {
        return ledger.look(l -> l.batch(batchId).now());
    }

    public EnterpriseQuotaState enterpriseQuota(String name) {
        return ledger.look(l -> l.enterpriseQuota(scheme, Cast.code(name), year).now());
    }

    public ProviderQuotaState providerQuota(String name) {
        return ledger.look(l -> l.providerQuota(scheme, Cast.code(name), year).now());
    }

    /** How many of this category a holder has taken in a cycle. */
    public int taken(String batch, String holderRef, String category) {
        return ledger.look(l -> l.holderQuota(batch, holderRef).now()).taken(category);
    }

    /** The events of the last step, by their simple names. */
    public List<String> recorded() {
        return last.events().stream().map(e -> e.getClass().getSimpleName()).toList();
    }

    public static LocalDate day(String date) {
        return LocalDate.parse(date);
    }

    @Override
    public void close() {
        ledger.close();
    }
}
