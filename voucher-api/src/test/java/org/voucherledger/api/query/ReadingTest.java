package org.voucherledger.api.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.scenario.City.Grant.voucher;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.voucherledger.api.VoucherLedger;
import org.voucherledger.api.eventstore.LedgerStore;
import org.voucherledger.api.eventstore.PlayedBefore;
import org.voucherledger.api.http.Caller;
import org.voucherledger.domain.audit.AuditCommand.AnnounceDraw;
import org.voucherledger.domain.audit.AuditCommand.DrawSample;
import org.voucherledger.domain.audit.AuditCommand.RecordAuditFinding;
import org.voucherledger.domain.audit.AuditMatter;
import org.voucherledger.domain.audit.FrameItems;
import org.voucherledger.domain.audit.Stratum;
import org.voucherledger.domain.batch.BatchCommand.RaiseBudget;
import org.voucherledger.domain.catalogue.CatalogueChange;
import org.voucherledger.domain.catalogue.CatalogueCommand.ListProduct;
import org.voucherledger.domain.catalogue.CatalogueCommand.RequestCatalogueChange;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.City.Grant;
import org.voucherledger.domain.scenario.FramesOfEvents;
import org.voucherledger.domain.scenario.GuangzhouTerms;
import org.voucherledger.domain.scenario.Papers;
import org.voucherledger.domain.scheme.SchemeCommand.PublishScheme;
import org.voucherledger.projections.projection.Projections;
import tools.jackson.databind.JsonNode;

/** What everybody may rely on when reading: every list, every single thing, every refusal of a question. */
class ReadingTest {

    private static final Set<Role> EVERYBODY = EnumSet.allOf(Role.class);
    private static final Set<Role> STAFF =
            EnumSet.of(Role.OPERATOR, Role.EXPERT, Role.BUREAU, Role.SYSTEM, Role.AUDITOR);

    /** Whoever has to do with the lists that are handed in. */
    private static final Set<Role> OFFICE = EnumSet.of(Role.OPERATOR, Role.BUREAU, Role.AUDITOR, Role.SYSTEM);

    /** Whoever looks into a case. */
    private static final Set<Role> CASE = EnumSet.of(Role.OPERATOR, Role.BUREAU, Role.AUDITOR);

    private static final Set<Role> ENTERPRISES = and(STAFF, Role.ENTERPRISE);
    private static final Set<Role> PROVIDERS = and(STAFF, Role.PROVIDER);
    private static final Set<Role> HOLDERS = and(STAFF, Role.HOLDER);
    private static final Set<Role> CLAIMANTS = and(ENTERPRISES, Role.PROVIDER);
    private static final Set<Role> COMPLAINANTS = and(CLAIMANTS, Role.PUBLIC);
    private static final Set<Role> CONCERNED = and(CLAIMANTS, Role.HOLDER);

    private static Set<Role> and(Set<Role> roles, Role... more) {
        var all = EnumSet.copyOf(roles);
        all.addAll(List.of(more));
        return all;
    }

    /** Every question there is, and who may ask it. */
    private static final Map<String, Set<Role>> READERS = new TreeMap<>(Map.ofEntries(
            Map.entry("/api/v1/audit-trail", STAFF),
            Map.entry("/api/v1/audit-findings", STAFF),
            Map.entry("/api/v1/batches", EVERYBODY),
            Map.entry("/api/v1/batches/{batchId}", EVERYBODY),
            Map.entry("/api/v1/batches/{batchId}/applications", STAFF),
            Map.entry("/api/v1/batches/{batchId}/lapses", STAFF),
            Map.entry("/api/v1/books", CLAIMANTS),
            Map.entry("/api/v1/books/postings", STAFF),
            Map.entry("/api/v1/catalogue", EVERYBODY),
            Map.entry("/api/v1/catalogue/requests", PROVIDERS),
            Map.entry("/api/v1/claim-drafts/form.pdf", CLAIMANTS),
            Map.entry("/api/v1/claim-drafts/form.xlsx", CLAIMANTS),
            Map.entry("/api/v1/claim-drafts/summary.pdf", CLAIMANTS),
            Map.entry("/api/v1/claim-drafts/summary.xlsx", CLAIMANTS),
            Map.entry("/api/v1/claims", CLAIMANTS),
            Map.entry("/api/v1/claims/{claimId}", CLAIMANTS),
            Map.entry("/api/v1/claims/{claimId}/archive.zip", STAFF),
            Map.entry("/api/v1/claims/{claimId}/form.pdf", CLAIMANTS),
            Map.entry("/api/v1/claims/{claimId}/form.xlsx", CLAIMANTS),
            Map.entry("/api/v1/claims/{claimId}/summary.pdf", CLAIMANTS),
            Map.entry("/api/v1/claims/{claimId}/summary.xlsx", CLAIMANTS),
            Map.entry("/api/v1/decisions", STAFF),
            Map.entry("/api/v1/decisions/{decision}/affected", STAFF),
            Map.entry("/api/v1/documents/{sha256}", EVERYBODY),
            Map.entry("/api/v1/draws", STAFF),
            Map.entry("/api/v1/draws/{drawId}", STAFF),
            Map.entry("/api/v1/draws/{drawId}/findings/{auditFindingId}", STAFF),
            Map.entry("/api/v1/draws/{drawId}/frame.tsv", STAFF),
            Map.entry("/api/v1/draws/{drawId}/items", STAFF),
            Map.entry("/api/v1/draws/{drawId}/papers.xlsx", STAFF),
            Map.entry("/api/v1/enterprises", STAFF),
            Map.entry("/api/v1/enterprises/{enterpriseId}", ENTERPRISES),
            Map.entry("/api/v1/enterprises/{enterpriseId}/account", ENTERPRISES),
            Map.entry("/api/v1/enterprises/{enterpriseId}/applications", ENTERPRISES),
            Map.entry("/api/v1/experts", STAFF),
            Map.entry("/api/v1/experts/{expertRef}", STAFF),
            Map.entry("/api/v1/progress", STAFF),
            Map.entry("/api/v1/findings", COMPLAINANTS),
            Map.entry("/api/v1/findings/{findingId}", COMPLAINANTS),
            Map.entry("/api/v1/history/{stream}", STAFF),
            Map.entry("/api/v1/history/{stream}/diff", STAFF),
            Map.entry("/api/v1/imports", OFFICE),
            Map.entry("/api/v1/imports/{importId}", OFFICE),
            Map.entry("/api/v1/imports/{importId}/report", OFFICE),
            Map.entry("/api/v1/imports/{importId}/report.csv", OFFICE),
            Map.entry(
                    "/api/v1/personal-data/{reference}/{kind}", and(CASE, Role.ENTERPRISE, Role.PROVIDER, Role.HOLDER)),
            Map.entry("/api/v1/projections", STAFF),
            Map.entry("/api/v1/reads", EnumSet.of(Role.AUDITOR)),
            Map.entry("/api/v1/holders/{holderRef}/account", HOLDERS),
            Map.entry("/api/v1/products", EVERYBODY),
            Map.entry("/api/v1/providers", EVERYBODY),
            Map.entry("/api/v1/providers/{providerId}", EVERYBODY),
            Map.entry("/api/v1/providers/{providerId}/account", PROVIDERS),
            Map.entry("/api/v1/providers/{providerId}/catalogue/{productId}", EVERYBODY),
            Map.entry("/api/v1/providers/{providerId}/products/{productId}", EVERYBODY),
            Map.entry("/api/v1/providers/{providerId}/ratings", EVERYBODY),
            Map.entry("/api/v1/ratings", EVERYBODY),
            Map.entry("/api/v1/refusals", STAFF),
            Map.entry("/api/v1/refusals/uploads", STAFF),
            Map.entry("/api/v1/rehearsal/clock", EVERYBODY),
            Map.entry("/api/v1/risks", CASE),
            Map.entry("/api/v1/schemes", EVERYBODY),
            Map.entry("/api/v1/schemes/{schemeId}", EVERYBODY),
            Map.entry("/api/v1/schemes/{schemeId}/versions", EVERYBODY),
            Map.entry("/api/v1/schemes/{schemeId}/versions/{version}", EVERYBODY),
            Map.entry("/api/v1/reports/performance", STAFF),
            Map.entry("/api/v1/reports/performance.xlsx", STAFF),
            Map.entry("/api/v1/vouchers", CONCERNED),
            Map.entry("/api/v1/vouchers/{voucherId}", CONCERNED),
            Map.entry("/api/v1/vouchers/{voucherId}/history", CONCERNED)));

    /** Every list, with what tells its rows apart. */
    private static final Map<String, String> LISTS = new TreeMap<>(Map.ofEntries(
            Map.entry("/api/v1/audit-trail", "position"),
            Map.entry("/api/v1/audit-trail?subject=batch:B1", "position"),
            Map.entry("/api/v1/audit-findings", "recordedPosition"),
            Map.entry("/api/v1/batches", "id"),
            Map.entry("/api/v1/batches/B1/applications", "queuePosition"),
            Map.entry("/api/v1/books/postings?account=AVAILABLE", "position"),
            Map.entry("/api/v1/catalogue", "position"),
            Map.entry("/api/v1/catalogue/requests", "position"),
            Map.entry("/api/v1/claims", "id"),
            Map.entry("/api/v1/decisions", "position"),
            Map.entry("/api/v1/decisions?subject=batch:B2", "position"),
            Map.entry("/api/v1/draws", "id"),
            Map.entry("/api/v1/draws/D1/items", "voucherId"),
            Map.entry("/api/v1/enterprises", "id"),
            Map.entry("/api/v1/enterprises/" + Cast.code("E1") + "/applications", "id"),
            Map.entry("/api/v1/experts", "id"),
            Map.entry("/api/v1/products", "position"),
            Map.entry("/api/v1/history/batch:B1", "event/position"),
            Map.entry("/api/v1/providers", "id"),
            Map.entry("/api/v1/reads", "id"),
            Map.entry("/api/v1/refusals", "id"),
            Map.entry("/api/v1/refusals/uploads", "id"),
            Map.entry("/api/v1/risks", "key"),
            Map.entry("/api/v1/schemes", "id"),
            Map.entry("/api/v1/schemes/GZ-2020/versions", "version"),
            Map.entry("/api/v1/vouchers", "id"),
            Map.entry("/api/v1/vouchers/B1-A1-V1/history", "event/position")));

    /** The lists that are ordered by a number; the others go on after any text. */
    private static final List<String> NUMBERED = List.of(
            "/api/v1/audit-findings",
            "/api/v1/audit-trail",
            "/api/v1/batches/B1/applications",
            "/api/v1/catalogue/requests",
            "/api/v1/decisions",
            "/api/v1/history/batch:B1",
            "/api/v1/reads",
            "/api/v1/refusals",
            "/api/v1/refusals/uploads",
            "/api/v1/schemes/GZ-2020/versions",
            "/api/v1/vouchers/B1-A1-V1/history");

    private static final String E1 = Cast.code("E1");

    @TempDir
    private static Path data;

    private static ConfigurableApplicationContext program;
    private static long head;

    @BeforeAll
    static void start() throws TimeoutException {
        program = new SpringApplication(VoucherLedger.class)
                .run(
                        "--ledger.data=" + data,
                        "--ledger.rehearsal=2020-03-01T00:00:00Z",
                        "--ledger.views.patience=100ms",
                        "--ledger.risk.few-vouchers=4",
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--logging.level.root=WARN");
        try (City city = city()) {
            PlayedBefore.bring(program.getBean(LedgerStore.class), city.ledger().events());
            head = city.ledger().events().size();
        }
        for (int i = 0; i < 5; i++) {
            refused(i);
            shares(i);
        }
        var projections = program.getBean(Projections.class);
        for (String view : projections.names()) {
            projections.positions().awaitAtLeast(view, head, Duration.ofSeconds(60));
        }
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    /** Two batches in which five have applied, each with its voucher; three providers; four claims. */
    private static City city() {
        var city = new City();
        city.at("2020-05-01T09:00");
        for (String batch : new String[] {"B1", "B2"}) {
            var grants = new ArrayList<Grant>();
            for (int e = 1; e <= 5; e++) {
                grants.add(voucher(batch + "V" + e).worth(yuan(2_000)).to("E" + e));
            }
            city.grants(grants.toArray(Grant[]::new));
        }
        city.provider("P2");
        city.provider("P3");
        city.at("2020-05-20T09:00");
        for (int e = 1; e <= 4; e++) {
            city.accepts("B1V" + e, yuan(2_000));
        }
        city.at("2020-06-01T00:00");
        for (int e = 1; e <= 4; e++) {
            city.claims("C" + e, "B1V" + e).wasAccepted();
        }
        for (String provider : new String[] {"P2", "P3"}) {
            String id = Cast.code(provider);
            city.sends(new ListProduct(id, "ERP", 2020, "云系统", "A1", "", "")).wasAccepted();
            city.sends(new RequestCatalogueChange(
                            id, "ERP", "R1", 2020, CatalogueChange.NAME, "新名", "更名", List.of(Papers.document("PROOF"))))
                    .wasAccepted();
        }
        city.enrols("zj-1").enrols("zj-2").enrols("zj-3");
        city.sends(new RaiseBudget("B2", yuan(1), "1号", "追加")).wasAccepted();
        city.sends(new RaiseBudget("B2", yuan(2), "2号", "追加")).wasAccepted();
        city.sends(new PublishScheme(GuangzhouTerms.with(d -> d.annualCap(yuan(5_000))), "1".repeat(64)))
                .wasAccepted();
        city.sends(new PublishScheme(GuangzhouTerms.with(d -> d.named("OTHER-2020")), "2".repeat(64)))
                .wasAccepted();
        draws(city);
        return city;
    }

    /** Two draws, one of them made, and two findings about what was drawn. */
    private static void draws(City city) {
        long position = FramesOfEvents.positionOf(city.ledger().events().getLast());
        var three = List.of(new Stratum("all", null, null, null, null, null, null, 3));
        for (String draw : new String[] {"D1", "D2"}) {
            city.sends(new AnnounceDraw(
                            draw, "GZ-2020", "B1", FrameItems.VOUCHERS, position, three, draw, null, "年度审计"))
                    .wasAccepted();
        }
        city.sends(new DrawSample("D1")).wasAccepted();
        String drawn = city.ledger()
                .look(ledger -> ledger.draw("D1").now())
                .sample()
                .keySet()
                .iterator()
                .next();
        for (String finding : new String[] {"A1", "A2"}) {
            city.sends(new RecordAuditFinding("D1", finding, drawn, AuditMatter.PAPERS, 0, "缺页", List.of()))
                    .wasAccepted();
        }
    }

    private static void refused(int i) {
        var told = as(Role.OPERATOR).withKey("refused-" + i).post("/api/v1/batches/B1/grant", "{}");
        assertThat(told.status()).as(told.text()).isEqualTo(409);
        var upload = as(Role.OPERATOR).send("POST", "/api/v1/documents?name=a.pdf", "application/pdf", "no PDF " + i);
        assertThat(upload.status()).as(upload.text()).isEqualTo(422);
    }

    /** Two of the same telephone each, and one read of it. */
    private static void shares(int i) {
        String phone = "/api/v1/personal-data/handler-" + i + "/PHONE?party=" + Cast.code("E" + (i + 1));
        var kept = as(Role.OPERATOR)
                .send(
                        "PUT",
                        phone,
                        "application/json",
                        "{\"whose\":\"HANDLER\",\"value\":\"1380000000%d\"}".formatted(i / 2));
        assertThat(kept.status()).as(kept.text()).isEqualTo(200);
        assertThat(as(Role.OPERATOR).get(phone).status()).isEqualTo(200);
    }

    private static Caller stranger() {
        return Caller.anonymous(program.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
    }

    private static Caller as(Role role) {
        return stranger().as(data, role);
    }

    /** A party's account; of the staff and of everybody else one that acts for itself. */
    private static Caller of(Role role, String party) {
        return role.isParty() ? stranger().as(data, new Actor("clerk-of-" + party, role, party)) : as(role);
    }

    private static Caller.Told ask(String path, String parameters) {
        return as(Role.AUDITOR).get(path + (path.contains("?") ? "&" : "?") + parameters);
    }

    private static void isProblem(Caller.Told told, int status) {
        assertThat(told.status()).as(told.text()).isEqualTo(status);
        assertThat(told.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(told.json().path("status").asInt()).isEqualTo(status);
        assertThat(told.text("title")).isNotBlank();
        assertThat(told.text("titleZh")).matches(".*\\p{IsHan}.*");
        assertThat(told.text()).doesNotContain("Exception").doesNotContain("\tat ");
    }

    @Test
    @DisplayName("The questions below are all there are")
    void every_question_is_known() {
        assertThat(questions()).isEqualTo(READERS.keySet());
    }

    /** What is no figure of the ledger: bytes that somebody uploaded, how far a list has been imported, a datum of a person, who read what, and the clock. */
    private static final Set<String> NO_FIGURES = Set.of(
            "/api/v1/documents/{sha256}",
            "/api/v1/imports",
            "/api/v1/imports/{importId}",
            "/api/v1/imports/{importId}/report",
            "/api/v1/imports/{importId}/report.csv",
            "/api/v1/progress",
            "/api/v1/personal-data/{reference}/{kind}",
            "/api/v1/reads",
            "/api/v1/rehearsal/clock");

    /** These need what this city has not: a claim that is over, vouchers to claim, a catalogue; they are asked for elsewhere. */
    private static final Set<String> OTHER_CITIES = Set.of(
            "/api/v1/claims/{claimId}/archive.zip",
            "/api/v1/claim-drafts/form.pdf",
            "/api/v1/claim-drafts/form.xlsx",
            "/api/v1/claim-drafts/summary.pdf",
            "/api/v1/claim-drafts/summary.xlsx",
            "/api/v1/decisions/{decision}/affected",
            "/api/v1/findings/{findingId}",
            "/api/v1/providers/{providerId}/catalogue/{productId}",
            "/api/v1/providers/{providerId}/products/{productId}");

    @TestFactory
    @DisplayName("Every answer with figures says as of which position of the log they are true")
    Stream<DynamicTest> carries_its_position() {
        return questions().stream()
                .filter(question -> !NO_FIGURES.contains(question) && !OTHER_CITIES.contains(question))
                .map(question -> DynamicTest.dynamicTest(question, () -> {
                    var told = as(Role.AUDITOR).get(concrete(question) + parameters(question));
                    assertThat(told.status()).as(told.text()).isEqualTo(200);
                    String inHeader = told.header("Ledger-Position");
                    String position = inHeader != null && !inHeader.isEmpty()
                            ? inHeader
                            : told.json().path(positionMember(question)).asString("");
                    assertThat(position).isEqualTo(String.valueOf(head));
                }));
    }

    private static String positionMember(String question) {
        if (question.equals("/api/v1/projections")) {
            return "head";
        }
        return question.endsWith("/diff") ? "to" : "position";
    }

    private static String parameters(String question) {
        if (question.endsWith("/lapses")) {
            return "?until=2020-12-31T00:00:00Z";
        }
        return question.endsWith("/diff") ? "?from=1&to=" + head : "";
    }

    private static String concrete(String question) {
        return question.replace("{batchId}", "B1")
                .replace("{stream}", "batch:B1")
                .replace("{claimId}", "C1")
                .replace("{enterpriseId}", Cast.code("E1"))
                .replace("{providerId}", Cast.code("P1"))
                .replace("{holderRef}", "h-1")
                .replace("{expertRef}", "zj-1")
                .replace("{schemeId}", "GZ-2020")
                .replace("{version}", "1")
                .replace("{voucherId}", "B1-A1-V1")
                .replace("{drawId}", "D1")
                .replace("{auditFindingId}", "A1");
    }

    private static Set<String> questions() {
        var questions = new TreeSet<String>();
        var mapping = program.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
        mapping.getHandlerMethods().forEach((info, method) -> {
            if (info.getMethodsCondition().getMethods().contains(RequestMethod.GET)) {
                info.getPatternValues().stream()
                        .filter(path -> path.startsWith("/api/"))
                        // Asked by every role in a journey of their own, on a ledger that is sealed.
                        .filter(path -> !path.startsWith("/api/v1/certificates"))
                        .forEach(questions::add);
            }
        });
        return questions;
    }

    @TestFactory
    @DisplayName("Nobody asks without a token, and of those who have one, only who may")
    Stream<DynamicTest> who_may_ask() {
        return READERS.entrySet().stream()
                .map(question -> DynamicTest.dynamicTest(question.getKey(), () -> {
                    String path = question.getKey().replace("{kind}", "NAME").replaceAll("\\{\\w+}", "x")
                            + (question.getKey().contains("claim-drafts") ? "?voucherId=x" : "");
                    var unknown = stranger().get(path);
                    isProblem(unknown, 401);
                    assertThat(unknown.header("WWW-Authenticate")).startsWith("Bearer");
                    for (Role role : Role.values()) {
                        var told = of(role, "x").get(path);
                        if (question.getValue().contains(role)) {
                            assertThat(told.status())
                                    .as("%s: %s", role, told.text())
                                    .isIn(200, 404);
                        } else {
                            isProblem(told, 403);
                        }
                    }
                }));
    }

    @Test
    @DisplayName("ALL-04: an enterprise's lists hold its own without being asked, and all that names it is its to read")
    void own_of_an_enterprise() {
        Caller enterprise = of(Role.ENTERPRISE, E1);
        var own = rows(ask("/api/v1/vouchers", "enterprise=" + E1).json(), "id");
        assertThat(own).hasSize(2);
        assertThat(rows(enterprise.get("/api/v1/vouchers").json(), "id")).isEqualTo(own);
        assertThat(rows(
                        enterprise
                                .get("/api/v1/vouchers?provider=" + Cast.code("P1"))
                                .json(),
                        "id"))
                .as("whom a party deals with narrows its own")
                .hasSize(1);
        for (String path : List.of(
                "/api/v1/vouchers?enterprise=" + E1,
                "/api/v1/vouchers/" + own.getFirst(),
                "/api/v1/vouchers/" + own.getFirst() + "/history",
                "/api/v1/enterprises/" + E1,
                "/api/v1/enterprises/" + E1 + "/account",
                "/api/v1/enterprises/" + E1 + "/applications")) {
            var told = enterprise.get(path);
            assertThat(told.status()).as(told.text()).isEqualTo(200);
        }
        assertThat(enterprise.get("/api/v1/books").text())
                .isEqualTo(ask("/api/v1/books", "enterprise=" + E1).text());
        assertThat(rows(enterprise.get("/api/v1/claims").json(), "id"))
                .as("who claims is the provider")
                .isEmpty();
    }

    @Test
    @DisplayName("ALL-04: a provider's lists hold its own without being asked, and all that names it is its to read")
    void own_of_a_provider() {
        String p1 = Cast.code("P1");
        Caller provider = of(Role.PROVIDER, p1);
        assertThat(rows(provider.get("/api/v1/claims").json(), "id")).containsExactly("C1", "C2", "C3", "C4");
        var ordered = rows(provider.get("/api/v1/vouchers").json(), "id");
        assertThat(ordered).hasSize(4);
        assertThat(rows(
                        of(Role.PROVIDER, Cast.code("P2"))
                                .get("/api/v1/vouchers")
                                .json(),
                        "id"))
                .isEmpty();
        for (String path : List.of(
                "/api/v1/claims/C1",
                "/api/v1/claims/C1/form.pdf",
                "/api/v1/vouchers/" + ordered.getFirst() + "/history",
                "/api/v1/providers/" + p1 + "/account")) {
            var told = provider.get(path);
            assertThat(told.status()).as(told.text()).isEqualTo(200);
        }
        assertThat(rows(
                        of(Role.PROVIDER, Cast.code("P2"))
                                .get("/api/v1/catalogue/requests")
                                .json(),
                        "providerId"))
                .containsExactly(Cast.code("P2"));
    }

    @TestFactory
    @DisplayName("ALL-04: what concerns another party is refused in words, and does not say whom it concerns")
    Stream<DynamicTest> of_others() {
        String e2 = Cast.code("E2");
        String p1 = Cast.code("P1");
        String theirs =
                rows(ask("/api/v1/vouchers", "enterprise=" + e2).json(), "id").getFirst();
        Caller enterprise = of(Role.ENTERPRISE, E1);
        Caller provider = of(Role.PROVIDER, Cast.code("P2"));
        Caller holder = of(Role.HOLDER, "h-2");
        return Stream.of(
                        asked(enterprise, "/api/v1/vouchers?enterprise=" + e2),
                        asked(enterprise, "/api/v1/vouchers/" + theirs),
                        asked(enterprise, "/api/v1/vouchers/" + theirs + "/history"),
                        asked(enterprise, "/api/v1/claims?claimant=" + p1),
                        asked(enterprise, "/api/v1/claims/C1"),
                        asked(enterprise, "/api/v1/claims/C1/form.pdf"),
                        asked(enterprise, "/api/v1/enterprises/" + e2),
                        asked(enterprise, "/api/v1/enterprises/" + e2 + "/account"),
                        asked(enterprise, "/api/v1/enterprises/" + e2 + "/applications"),
                        asked(enterprise, "/api/v1/books?enterprise=" + e2),
                        asked(enterprise, "/api/v1/books?provider=" + E1),
                        asked(enterprise, "/api/v1/books?batch=B1"),
                        asked(enterprise, "/api/v1/products?orderable=false"),
                        asked(provider, "/api/v1/vouchers?provider=" + p1),
                        asked(provider, "/api/v1/vouchers/" + theirs + "/history"),
                        asked(provider, "/api/v1/claims?provider=" + p1),
                        asked(provider, "/api/v1/claims/C1"),
                        asked(provider, "/api/v1/claims/C1/summary.xlsx"),
                        asked(provider, "/api/v1/providers/" + p1 + "/account"),
                        asked(provider, "/api/v1/catalogue/requests?provider=" + Cast.code("P3")),
                        asked(provider, "/api/v1/products?orderable=false&provider=" + Cast.code("P3")),
                        asked(holder, "/api/v1/vouchers?holder=h-1"),
                        asked(holder, "/api/v1/vouchers/" + theirs),
                        asked(holder, "/api/v1/holders/h-1/account"))
                .map(question -> DynamicTest.dynamicTest(question.path(), () -> {
                    for (String language : List.of("en", "zh-CN")) {
                        var told = question.by().speaking(language).get(question.path());
                        isProblem(told, 403);
                        assertThat(told.text("rule")).isEqualTo("ALL-04");
                        assertThat(told.text("about")).isEqualTo("ConcernsOthers");
                        if (!question.path().contains(e2)) {
                            assertThat(told.text()).doesNotContain(e2);
                        }
                    }
                }));
    }

    private record Question(Caller by, String path) {}

    private static Question asked(Caller by, String path) {
        return new Question(by, path);
    }

    @Test
    @DisplayName("ALL-04: a platform's account says for which party it asks; for none it is told nothing")
    void platform() {
        Caller platform = stranger().as(data, new Actor("platform", Role.ENTERPRISE, "*"));
        for (String path : List.of("/api/v1/vouchers", "/api/v1/claims", "/api/v1/books")) {
            var nobody = platform.get(path);
            isProblem(nobody, 403);
            assertThat(nobody.text("about")).isEqualTo("PartyNotNamed");
            assertThat(platform.onBehalfOf(E1).get(path).text())
                    .isEqualTo(of(Role.ENTERPRISE, E1).get(path).text());
        }
        isProblem(of(Role.ENTERPRISE, E1).onBehalfOf(Cast.code("E2")).get("/api/v1/vouchers"), 403);
    }

    @TestFactory
    @DisplayName("All pages of a list together are all its rows in order, each once, whatever the size of a page")
    Stream<DynamicTest> pages() {
        return LISTS.entrySet().stream()
                .map(list -> DynamicTest.dynamicTest(list.getKey(), () -> {
                    var all = rows(ask(list.getKey(), "limit=500").json(), list.getValue());
                    assertThat(all).hasSizeGreaterThan(1).doesNotHaveDuplicates();
                    for (int size : new int[] {1, 2, all.size() - 1, all.size()}) {
                        assertThat(paged(list.getKey(), list.getValue(), size))
                                .as("pages of %d", size)
                                .isEqualTo(all);
                    }
                }));
    }

    private static List<String> paged(String path, String name, int size) {
        var seen = new ArrayList<String>();
        String cursor = "";
        do {
            JsonNode page =
                    ask(path, "limit=" + size + "&cursor=" + encoded(cursor)).json();
            var rows = rows(page, name);
            cursor = page.path("next").asString("");
            assertThat(rows).hasSizeLessThanOrEqualTo(size).isNotEmpty();
            assertThat(rows.size() == size || cursor.isEmpty())
                    .as("only the last page is short")
                    .isTrue();
            seen.addAll(rows);
        } while (!cursor.isEmpty());
        return seen;
    }

    private static List<String> rows(JsonNode page, String name) {
        var rows = new ArrayList<String>();
        page.path("items").forEach(item -> rows.add(item.at("/" + name).asString()));
        return rows;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    @DisplayName("The lists hold what has happened, no more")
    void lists_are_whole() {
        assertThat(rows(ask("/api/v1/audit-trail", "limit=500").json(), "position"))
                .hasSize((int) head);
        assertThat(rows(ask("/api/v1/vouchers", "limit=500").json(), "id")).hasSize(10);
        assertThat(rows(ask("/api/v1/vouchers", "batch=B1&status=CLAIMED").json(), "id"))
                .hasSize(4);
        assertThat(rows(ask("/api/v1/claims", "").json(), "id")).containsExactly("C1", "C2", "C3", "C4");
        assertThat(rows(ask("/api/v1/refusals", "").json(), "id")).hasSize(5);
        assertThat(rows(ask("/api/v1/refusals/uploads", "").json(), "id")).hasSize(5);
        assertThat(rows(ask("/api/v1/providers", "").json(), "id"))
                .containsExactly(Cast.code("P1"), Cast.code("P2"), Cast.code("P3"));
    }

    @TestFactory
    @DisplayName("A cursor that no page has answered is refused where the list is ordered by a number")
    Stream<DynamicTest> garbage_cursors() {
        return NUMBERED.stream()
                .map(list -> DynamicTest.dynamicTest(list, () -> {
                    for (String garbage :
                            new String[] {"x", "-1", "1.5", "1e3", "0x10", "1;drop", "9999999999999999999"}) {
                        var told = ask(list, "cursor=" + encoded(garbage));
                        isProblem(told, 400);
                        assertThat(told.text("field")).isEqualTo("cursor");
                    }
                }));
    }

    @TestFactory
    @DisplayName("A limit is a whole number from 1 to 500, a cursor is a text, a position a number")
    Stream<DynamicTest> limits() {
        return LISTS.keySet().stream()
                .map(list -> DynamicTest.dynamicTest(list, () -> {
                    for (String limit : new String[] {"0", "-1", "501", "2147483648", "x"}) {
                        var told = ask(list, "limit=" + limit);
                        isProblem(told, 400);
                        assertThat(told.text("field")).isEqualTo("limit");
                    }
                    assertThat(ask(list, "limit=1").status()).isEqualTo(200);
                    assertThat(ask(list, "limit=500").status()).isEqualTo(200);
                    isProblem(ask(list, "cursor=%00"), 400);
                    isProblem(ask(list, "cursor=" + "a".repeat(2_001)), 400);
                    isProblem(ask(list, "atLeast=x"), 400);
                }));
    }

    @TestFactory
    @DisplayName("What is asked for by a text that cannot be, or a word that is none, is the asker's fault")
    Stream<DynamicTest> nonsense() {
        return Stream.of(
                        "/api/v1/vouchers?batch=%00",
                        "/api/v1/vouchers?enterprise=%00",
                        "/api/v1/vouchers?provider=%00",
                        "/api/v1/vouchers?status=LOST",
                        "/api/v1/claims?provider=%00",
                        "/api/v1/claims?batch=%00",
                        "/api/v1/claims?stage=LOST",
                        "/api/v1/batches?scheme=%00",
                        "/api/v1/batches/B1/applications?outcome=LOST",
                        "/api/v1/enterprises?name=%00",
                        "/api/v1/enterprises?district=%00",
                        "/api/v1/enterprises?frozen=perhaps",
                        "/api/v1/providers?name=%00",
                        "/api/v1/providers?city=%00",
                        "/api/v1/audit-trail?subject=voucher:%00",
                        "/api/v1/audit-trail?subject=nobody:1",
                        "/api/v1/draws?drawn=perhaps",
                        "/api/v1/draws?scheme=%00",
                        "/api/v1/draws?batch=%00",
                        "/api/v1/audit-findings?open=perhaps",
                        "/api/v1/audit-findings?draw=%00",
                        "/api/v1/catalogue?year=1999",
                        "/api/v1/catalogue?cursor=x",
                        "/api/v1/decisions?subject=nobody:1",
                        "/api/v1/products?serviceType=LOST",
                        "/api/v1/books?scheme=%00",
                        "/api/v1/books?batch=%00",
                        "/api/v1/books?scheme=GZ-2020&batch=B1",
                        "/api/v1/history/batch:B1?asOf=yesterday",
                        "/api/v1/history/batch:B1?asOf=-1",
                        "/api/v1/history/batch:B1?asOf=9999999999999999999",
                        "/api/v1/history/batch:B1?asOf=2020-05-01T09:00:00",
                        "/api/v1/history/batch:B1?asOf=%2B999999999-12-31T00:00:00Z",
                        "/api/v1/history/batch:B1?asOf=%00",
                        "/api/v1/history/batch:B1?asOf=2999-01-01T00:00:00Z",
                        "/api/v1/history/batch:B1/diff?from=2&to=1",
                        "/api/v1/history/batch:B1/diff?to=2999-01-01T00:00:00Z",
                        "/api/v1/books?district=海珠区",
                        "/api/v1/books?enterprise=E&provider=P",
                        "/api/v1/books?position=1&at=2020-03-01T00:00:00Z",
                        "/api/v1/books?position=first",
                        "/api/v1/books?at=yesterday",
                        "/api/v1/books?at=%2B999999999-12-31T00:00:00Z",
                        "/api/v1/books/postings?account=POCKET",
                        "/api/v1/books/postings?cursor=1",
                        "/api/v1/books/postings?from=first",
                        "/api/v1/personal-data/x/SHOE_SIZE",
                        "/api/v1/personal-data/13800138000/PHONE",
                        "/api/v1/reads?kind=LOST",
                        "/api/v1/reads?subject=%00",
                        "/api/v1/risks?kind=LOST",
                        "/api/v1/risks?cursor=x",
                        "/api/v1/risks?at=-1",
                        "/api/v1/refusals?rule=%00",
                        "/api/v1/refusals?actor=%00",
                        "/api/v1/refusals?from=yesterday",
                        "/api/v1/refusals/uploads?until=tomorrow",
                        "/api/v1/refusals?from=%2B999999999-12-31T00:00:00Z",
                        "/api/v1/refusals?until=-999999999-01-01T00:00:00Z")
                .map(path -> DynamicTest.dynamicTest(
                        path, () -> isProblem(as(Role.AUDITOR).get(path), 400)));
    }

    @TestFactory
    @DisplayName("What the ledger does not know is not found, and it is said in both languages what")
    Stream<DynamicTest> unknown() {
        return Map.of(
                        "/api/v1/batches/", "BatchUnknown",
                        "/api/v1/claims/", "ClaimUnknown",
                        "/api/v1/draws/", "DrawUnknown",
                        "/api/v1/enterprises/", "EnterpriseUnknown",
                        "/api/v1/providers/", "ProviderUnknown",
                        "/api/v1/providers/x/catalogue/", "ProductUnknown",
                        "/api/v1/providers/x/products/", "ProductUnknown",
                        "/api/v1/schemes/", "SchemeUnknown",
                        "/api/v1/schemes/GZ-2020/versions/", "VersionUnknown",
                        "/api/v1/vouchers/", "VoucherUnknown")
                .entrySet()
                .stream()
                .map(kind -> DynamicTest.dynamicTest(
                        kind.getKey(), () -> isUnknown(kind.getKey() + "unheard-of", kind.getValue())));
    }

    @Test
    @DisplayName("A voucher that the ledger does not know has no history either")
    void unknown_history() {
        isUnknown("/api/v1/vouchers/unheard-of/history", "VoucherUnknown");
        for (String stream : List.of("voucher:unheard-of", "nothing:unheard-of", "unheard-of")) {
            isUnknown("/api/v1/history/" + stream, "StreamUnknown");
            isUnknown("/api/v1/history/" + stream + "/diff", "StreamUnknown");
        }
    }

    @Test
    @DisplayName("A history is told as of any position up to the head of the log, and of none after it")
    void as_of() {
        long opened = ask("/api/v1/history/batch:B1", "limit=1")
                .json()
                .at("/items/0/event/position")
                .asLong();
        isUnknown("/api/v1/history/batch:B1?asOf=" + (opened - 1) + "", "StreamUnknown", "batch:B1");
        var then = ask("/api/v1/history/batch:B1", "asOf=" + opened).json();
        assertThat(rows(then, "event/position")).containsExactly(String.valueOf(opened));
        assertThat(then.path("position").asLong()).isEqualTo(opened);

        assertThat(ask("/api/v1/history/batch:B1", "asOf=" + head)
                        .json()
                        .path("position")
                        .asLong())
                .isEqualTo(head);
        for (String parameter : List.of("?asOf=", "/diff?from=", "/diff?to=")) {
            var future = as(Role.AUDITOR).get("/api/v1/history/batch:B1" + parameter + (head + 1));
            isProblem(future, 400);
            assertThat(future.text()).contains("the log ends at position " + head);
        }
    }

    private static void isUnknown(String path, String about) {
        isUnknown(path, about, "unheard-of");
    }

    private static void isUnknown(String path, String about, String id) {
        var english = as(Role.AUDITOR).speaking("en").get(path);
        var chinese = as(Role.AUDITOR).speaking("zh-CN").get(path);
        for (var told : List.of(english, chinese)) {
            isProblem(told, 404);
            assertThat(told.text("about")).isEqualTo(about);
        }
        assertThat(english.header("Content-Language")).isEqualTo("en");
        assertThat(english.text("detail")).contains(id).doesNotContainPattern("：");
        assertThat(chinese.header("Content-Language")).isEqualTo("zh-CN");
        assertThat(chinese.text("detail")).contains(id).containsPattern("\\p{IsHan}");
    }

    @TestFactory
    @DisplayName("A view that has not reached the asked position says when to ask again; one that has, answers")
    Stream<DynamicTest> at_least() {
        var questions = new ArrayList<>(LISTS.keySet());
        // Refusals and reads are no view.
        questions.removeIf(question -> question.matches("/api/v1/(refusals|reads).*"));
        questions.addAll(List.of(
                "/api/v1/batches/B1",
                "/api/v1/books",
                "/api/v1/claims/C1",
                "/api/v1/draws/D1",
                "/api/v1/draws/D1/findings/A1",
                "/api/v1/enterprises/" + Cast.code("E1"),
                "/api/v1/enterprises/" + Cast.code("E1") + "/account",
                "/api/v1/providers/" + Cast.code("P1"),
                "/api/v1/providers/" + Cast.code("P1") + "/account",
                "/api/v1/schemes/GZ-2020",
                "/api/v1/schemes/GZ-2020/versions/1",
                "/api/v1/vouchers/B1-A1-V1"));
        return questions.stream()
                .map(question -> DynamicTest.dynamicTest(question, () -> {
                    var told = ask(question, "atLeast=" + (head + 1));
                    isProblem(told, 503);
                    assertThat(told.header("Retry-After")).isEqualTo("2");
                    assertThat(told.text("about")).isEqualTo("ViewBehind");
                    for (long reached : new long[] {head, 0, -1}) {
                        var seen = ask(question, "atLeast=" + reached);
                        assertThat(seen.status()).as(seen.text()).isEqualTo(200);
                        assertThat(seen.json().path("position").asLong()).isEqualTo(head);
                    }
                }));
    }
}
