package org.voucherledger.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.voucherledger.api.VoucherLedger;
import org.voucherledger.api.postgres.LedgerPostgres;
import org.voucherledger.domain.command.Role;

/** The program as it is served, while its PostgreSQL is stopped, and when it is there again. */
class DatabaseAwayTest {

    /** These are turned away before anything is asked, or ask nothing of the database. */
    private static final Set<String> NOT_ASKED = Set.of(
            "/api/v1/claim-drafts/form.pdf",
            "/api/v1/claim-drafts/form.xlsx",
            "/api/v1/claim-drafts/summary.pdf",
            "/api/v1/claim-drafts/summary.xlsx");

    @TempDir
    private static Path data;

    @TempDir
    private static Path database;

    @Test
    @DisplayName(
            "while the database is away every question, a sweep, an upload and an import are to be asked again later")
    void away() {
        LedgerPostgres postgres = LedgerPostgres.start(database);
        try (ConfigurableApplicationContext program = start(postgres)) {
            Caller caller =
                    Caller.anonymous(program.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
            Caller auditor = caller.as(data, Role.AUDITOR);
            assertThat(auditor.get("/api/v1/batches").status()).isEqualTo(200);
            postgres.close();
            postgres = null;

            questions(program).parallelStream().forEach(question -> isToBeAskedAgain(question, auditor.get(question)));
            Caller operator = caller.as(data, Role.OPERATOR).withKey("key-1");
            isToBeAskedAgain("sweep", caller.as(data, Role.SYSTEM).post("/api/v1/sweeps", ""));
            isToBeAskedAgain(
                    "a refused upload, which would have to be kept",
                    operator.send("POST", "/api/v1/documents?name=a.pdf", "application/pdf", "no PDF"));
            isToBeAskedAgain(
                    "import", operator.send("POST", "/api/v1/imports/blacklist", "text/csv", "统一社会信用代码,企业名称,列入原因\n"));
            isToBeAskedAgain("dry run", operator.post("/api/v1/batches/B1/grant?dryRun=true", "{}"));
            assertThat(auditor.speaking("zh-CN").get("/api/v1/batches").text("title"))
                    .isEqualTo("数据库暂时无法访问");
            assertThat(auditor.speaking("en").get("/api/v1/batches").text("detail"))
                    .isEqualTo("Ask again in 5 s; what had an idempotency key, under the same key.");

            postgres = LedgerPostgres.start(database);
            long until = System.nanoTime() + Duration.ofMinutes(1).toNanos();
            Caller.Told back = auditor.get("/api/v1/batches");
            // Each of these waits for a connection by itself.
            while (back.status() == 503 && System.nanoTime() < until) {
                back = auditor.get("/api/v1/batches");
            }
            assertThat(back.status()).as(back.text()).isEqualTo(200);
        } finally {
            if (postgres != null) {
                postgres.close();
            }
        }
    }

    private static ConfigurableApplicationContext start(LedgerPostgres postgres) {
        return new SpringApplication(VoucherLedger.class)
                .run(
                        "--ledger.data=" + data,
                        "--spring.datasource.url=" + postgres.jdbcUrl(),
                        "--spring.datasource.username=" + postgres.program().user(),
                        "--spring.datasource.password=" + postgres.program().password(),
                        "--spring.flyway.user=" + postgres.owner().user(),
                        "--spring.flyway.password=" + postgres.owner().password(),
                        "--spring.datasource.hikari.connection-timeout=250",
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--logging.level.root=ERROR",
                        "--logging.level.org.voucherledger=ERROR");
    }

    /** Everything that can be read, with something in the place of what it names. */
    private static List<String> questions(ConfigurableApplicationContext program) {
        var questions = new TreeSet<String>();
        program
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .stream()
                .filter(mapping -> mapping.getMethodsCondition().getMethods().contains(RequestMethod.GET))
                .flatMap(mapping -> mapping.getPatternValues().stream())
                .filter(path -> path.startsWith("/api/") || path.startsWith("/public/"))
                .filter(path -> !NOT_ASKED.contains(path))
                .forEach(questions::add);
        assertThat(questions).hasSizeGreaterThan(40);
        return questions.stream()
                .map(path -> path.replace("{version}", "1")
                        .replace("{importId}", "00000000-0000-0000-0000-000000000001")
                        .replace("{kind}", "PHONE")
                        .replaceAll("\\{position.*}", "1")
                        .replaceAll("\\{\\w+}", "x"))
                .map(path -> path.startsWith("/api/v1/certificates") ? path + "?batch=x" : path)
                .toList();
    }

    private static void isToBeAskedAgain(String question, Caller.Told told) {
        assertThat(told.status()).as("%s: %s", question, told.text()).isEqualTo(503);
        assertThat(told.header("Content-Type")).as(question).isEqualTo("application/problem+json");
        assertThat(told.header("Retry-After")).as(question).isEqualTo("5");
        assertThat(told.text("about")).as(question).isEqualTo("DatabaseAway");
    }
}
