package org.voucherledger.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.voucherledger.api.commandline.CannotRun;
import org.voucherledger.api.commandline.LocalLedger;
import org.voucherledger.domain.command.Role;

/** The program as it is served, on its own PostgreSQL, stopped and started again. */
@ExtendWith(OutputCaptureExtension.class)
class WholeProgramTest {

    private static final Set<String> OPEN = Set.of(
            "/public/claims/{claimId}",
            "/public/claims/{claimId}/list.csv",
            "/public/claims/{claimId}/list-{position}.csv");
    private static final Set<String> OPEN_LISTS = Set.of("/public/claims", "/public/claims.json", "/log/breaks");
    private static final String CLOCK = "/api/v1/rehearsal/clock";
    private static final String RECOGNITIONS = "/api/v1/recognitions";
    private static final String RECOGNITION = """
            {"providerId":"%s","name":"平台","level":"CITY","city":"广州市","serviceTypes":["TRAINING"],
             "validFrom":"2019-01-01","validTo":"2020-12-31"}""".formatted(HttpTest.CODE);

    @TempDir
    private Path data;

    private LocalLedger start(String rehearseFrom) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("ledger.data", data.toString());
        settings.put("ledger.rehearsal", rehearseFrom);
        return LocalLedger.startQuietly(settings);
    }

    private Caller as(LocalLedger ledger, Role role) {
        return Caller.anonymous(ledger.url().getPort()).as(data, role).withKey("key-1");
    }

    private static String guangzhou() throws IOException {
        try (var file = WholeProgramTest.class.getResourceAsStream("/schemes/guangzhou-2020.yaml")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    @DisplayName(
            "a rehearsal's clock is set by SYSTEM, forward only; answers outlive a restart; without the option it is gone")
    void rehearsal() throws IOException {
        String published;
        try (LocalLedger ledger = start("2020-03-01T00:00:00Z")) {
            clockMovesForwardOnly(ledger);
            var told = as(ledger, Role.BUREAU).send("POST", "/api/v1/schemes", "application/yaml", guangzhou());
            assertThat(told.status()).as(told.text()).isEqualTo(200);
            assertThat(told.text("receivedAt")).isEqualTo("2020-03-02T00:00:00Z");
            published = told.text();
            refusalsComeFromTheDomain(ledger);
            theDocumentCoversTheWholeProgram(ledger);
        }
        try (LocalLedger ledger = start("")) {
            assertThat(as(ledger, Role.SYSTEM)
                            .send("PUT", CLOCK, "application/json", "{\"now\":\"2021-01-01T00:00:00Z\"}")
                            .status())
                    .isEqualTo(404);
            assertThat(as(ledger, Role.BUREAU)
                            .send("POST", "/api/v1/schemes", "application/yaml", guangzhou())
                            .text())
                    .isEqualTo(published);
            var reused = as(ledger, Role.BUREAU)
                    .send("POST", "/api/v1/schemes", "application/yaml", guangzhou() + "# another file\n");
            assertThat(reused.status()).isEqualTo(422);
            assertThat(reused.text("about")).isEqualTo("IdempotencyKeyReused");
        }
    }

    private void clockMovesForwardOnly(LocalLedger ledger) {
        Caller system = as(ledger, Role.SYSTEM);
        assertThat(system.send("PUT", CLOCK, "application/json", "{\"now\":\"2020-03-02T08:00:00+08:00\"}")
                        .text("now"))
                .isEqualTo("2020-03-02T00:00:00Z");
        var back = system.send("PUT", CLOCK, "application/json", "{\"now\":\"2020-03-01T00:00:00Z\"}");
        assertThat(back.status()).isEqualTo(409);
        assertThat(back.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(system.send("PUT", CLOCK, "application/json", "{\"now\":5}").status())
                .isEqualTo(400);
        assertThat(system.send("PUT", CLOCK, "application/json", "{}").status()).isEqualTo(400);
        assertThat(as(ledger, Role.BUREAU)
                        .send("PUT", CLOCK, "application/json", "{\"now\":\"2021-01-01T00:00:00Z\"}")
                        .status())
                .isEqualTo(403);
        assertThat(Caller.anonymous(ledger.url().getPort())
                        .send("PUT", CLOCK, "application/json", "{\"now\":\"2021-01-01T00:00:00Z\"}")
                        .status())
                .isEqualTo(401);
    }

    private void refusalsComeFromTheDomain(LocalLedger ledger) {
        var role = as(ledger, Role.BUREAU).withKey("k2").post(RECOGNITIONS, RECOGNITION);
        assertThat(role.status()).isEqualTo(403);
        assertThat(role.text("about")).isEqualTo("RoleNotAllowed");
        var foreign = as(ledger, Role.OPERATOR)
                .withKey("k5")
                .onBehalfOf(HttpTest.CODE)
                .post(RECOGNITIONS, RECOGNITION);
        assertThat(foreign.status()).isEqualTo(403);
        assertThat(foreign.text("about")).isEqualTo("NotTheParty");
        var refusal = as(ledger, Role.AUDITOR)
                .get("/api/v1/refusals?limit=1")
                .json()
                .path("items")
                .path(0);
        assertThat(refusal.path("about").stringValue()).isEqualTo("NotTheParty");
        assertThat(refusal.path("onBehalfOf").stringValue()).isEqualTo(HttpTest.CODE);
        var missing = as(ledger, Role.OPERATOR).withKey("k3").post("/api/v1/batches/B-9/applications-end", "");
        assertThat(missing.status()).as(missing.text()).isEqualTo(404);
        assertThat(missing.text("about")).isEqualTo("BatchUnknown");
        assertThat(as(ledger, Role.OPERATOR)
                        .withKey("k4")
                        .post(RECOGNITIONS, RECOGNITION)
                        .status())
                .isEqualTo(200);
    }

    private void theDocumentCoversTheWholeProgram(LocalLedger ledger) {
        Caller stranger = Caller.anonymous(ledger.url().getPort());
        var options = new ParseOptions();
        options.setResolve(false);
        var parsed =
                new OpenAPIV3Parser().readContents(stranger.get("/v3/api-docs").text(), null, options);
        assertThat(parsed.getMessages()).isEmpty();
        var control = as(ledger, Role.AUDITOR).get("/api/v1/vouchers?%01=1");
        assertThat(control.status()).as(control.text()).isEqualTo(400);
        assertThat(control.header("Content-Type")).isEqualTo("application/problem+json");
        var paths = parsed.getOpenAPI().getPaths();
        assertThat(paths.get(CLOCK)
                        .getPut()
                        .getRequestBody()
                        .getContent()
                        .get("application/json")
                        .getSchema()
                        .getProperties())
                .containsOnlyKeys("now");
        assertThat(paths.get("/api/v1/vouchers/{voucherId}/history").getGet()).isNotNull();
        assertThat(paths.get("/api/v1/sweeps").getPost().getExtensions().get("x-roles"))
                .isEqualTo(List.of("SYSTEM"));
        assertThat(paths)
                .allSatisfy((path, item) -> item.readOperationsMap().forEach((method, operation) -> {
                    assertThat(operation.getExtensions()).as(path).containsKey("x-roles");
                    assertThat(operation.getResponses()).as(path).containsKeys("401", "403");
                    var told = stranger.send(method.name(), path.replaceAll("\\{\\w+}", "x"), "application/json", "{}");
                    if (path.equals("/log/checkpoint")) {
                        // For everybody, as soon as anything has been sealed.
                        assertThat(told.status()).as(path).isIn(200, 404);
                        return;
                    }
                    // What is published is for everybody (GZ-42): x is not, so there is no such thing.
                    assertThat(told.status())
                            .as(method + " " + path)
                            .isEqualTo(OPEN_LISTS.contains(path) ? 200 : OPEN.contains(path) ? 404 : 401);
                }));
    }

    @Test
    @DisplayName("a real ledger has no clock to set, and cannot be made a rehearsal")
    void realLedger(CapturedOutput output) {
        try (LocalLedger ledger = start("")) {
            assertThat(as(ledger, Role.SYSTEM)
                            .send("PUT", CLOCK, "application/json", "{\"now\":\"2021-01-01T00:00:00Z\"}")
                            .status())
                    .isEqualTo(404);
        }
        assertThatThrownBy(() -> start("2020-03-01T00:00:00Z")).isInstanceOf(CannotRun.class);
        assertThat(output.getAll()).contains("cannot be rehearsed with");
    }
}
