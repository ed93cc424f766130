package org.voucherledger.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.voucherledger.api.pipeline.CommandRequest;
import org.voucherledger.api.security.DevelopmentKey;
import org.voucherledger.api.security.DevelopmentTokens;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Role;

class SecurityTest extends HttpTest {

    private static final String USE = "/api/v1/vouchers/B1-T1/use";
    private static final String ACCEPT = "/api/v1/vouchers/V-1/acceptance";

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping mapping;

    @TestFactory
    @DisplayName("nothing below /api is open")
    Stream<DynamicTest> nothingIsOpen() {
        return mapping.getHandlerMethods().keySet().stream()
                .flatMap(info -> info.getPatternValues().stream())
                .filter(path -> path.startsWith("/api"))
                .map(path -> path.replaceAll("\\{\\w+}", "x"))
                .distinct()
                .map(path -> DynamicTest.dynamicTest(path, () -> {
                    var told = anonymous().withKey("k").post(path, "{}");
                    assertThat(told.status()).isEqualTo(401);
                    assertThat(told.header("WWW-Authenticate")).startsWith("Bearer");
                    assertThat(told.header("Content-Type")).isEqualTo("application/problem+json");
                    assertThat(told.text("titleZh")).isNotBlank();
                }));
    }

    @Test
    @DisplayName("what is not there is not told to strangers either")
    void strangersLearnNothing() {
        assertThat(anonymous().get("/api/v1/nothing").status()).isEqualTo(401);
        assertThat(anonymous().get("/actuator/env").status()).isEqualTo(401);
        assertThat(anonymous().get("/actuator/health").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    @DisplayName("metrics are for those who work for the scheme or audit it, and for nobody else")
    void metrics(Role role) {
        boolean watches =
                Set.of(Role.OPERATOR, Role.BUREAU, Role.AUDITOR, Role.SYSTEM).contains(role);
        for (String path : List.of("/actuator/metrics", "/actuator/metrics/jvm.memory.used")) {
            assertThat(as(role).get(path).status()).as(path).isEqualTo(watches ? 200 : 403);
            assertThat(anonymous().get(path).status()).as(path).isEqualTo(401);
        }
    }

    @Test
    @DisplayName("anyone may ask whether the program lives")
    void liveness() {
        assertThat(anonymous().get("/actuator/health/liveness").status()).isEqualTo(200);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "good, 200",
        "expired, 401",
        "without expiry, 401",
        "other issuer, 401",
        "other audience, 401",
        "no role, 401",
        "unknown role, 401",
        "no subject, 401",
        "party with a space, 401",
        "unsigned, 401",
        "other key, 401",
        "nonsense, 401"
    })
    @DisplayName("only a token that is right in everything is believed")
    void tokens(String kind, int status) throws Exception {
        Instant now = Instant.now();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(kind.equals("other issuer") ? "https://elsewhere.example" : DevelopmentTokens.ISSUER)
                .audience(kind.equals("other audience") ? "another-service" : "voucher-ledger")
                .subject(kind.equals("no subject") ? null : "provider-1")
                .claim("role", kind.equals("no role") ? null : kind.equals("unknown role") ? "KING" : "PROVIDER")
                .claim("party", kind.equals("party with a space") ? "a b" : null)
                .expirationTime(
                        kind.equals("without expiry")
                                ? null
                                : Date.from(now.plusSeconds(kind.equals("expired") ? -120 : 120)));
        String token = token(kind, claims.build());

        var told = anonymous().withToken(token).withKey("k").post(ACCEPT, "");

        assertThat(told.status()).as(told.text()).isEqualTo(status);
        assertThat(pipeline.submitted()).hasSize(status == 200 ? 1 : 0);
    }

    private static String token(String kind, JWTClaimsSet claims) throws Exception {
        if (kind.equals("unsigned")) {
            return new PlainJWT(claims).serialize();
        }
        if (kind.equals("nonsense")) {
            return "abc.def.ghi";
        }
        Path directory = kind.equals("other key") ? Files.createTempDirectory("other") : dataDirectory();
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), claims);
        token.sign(new RSASSASigner(DevelopmentKey.of(directory).privateKey()));
        return token.serialize();
    }

    @Test
    @DisplayName("the development key is made once and can be read by its owner only")
    void keyFile(@TempDir Path directory) throws IOException {
        DevelopmentKey made = DevelopmentKey.of(directory);

        assertThat(DevelopmentKey.of(directory)).isEqualTo(made);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files)
                    .singleElement()
                    .satisfies(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    @DisplayName("ALL-05: a holder's account acts for an opaque reference, never for a telephone or identity number")
    void holderIsNoTelephone() {
        String use = "{\"providerId\":\"" + CODE + "\",\"purchaseReference\":\"%s\",\"purchaseFen\":10000}";
        Caller platform = anonymous()
                .as(dataDirectory(), new Actor("platform", Role.HOLDER, "*"))
                .withKey("k");
        for (String personal : List.of("13800138000", "440106199001011234", "h-138-0013-8000")) {
            var told = platform.onBehalfOf(personal).post(USE, use.formatted("R-1"));
            assertThat(told.status()).as(personal).isEqualTo(400);
            assertThat(told.text("field")).isEqualTo("onBehalfOf");
            var inToken = anonymous()
                    .as(dataDirectory(), new Actor("person", Role.HOLDER, personal))
                    .withKey("k")
                    .post(USE, use.formatted("R-1"));
            assertThat(inToken.status()).as(personal).isEqualTo(401);
            var bought = platform.onBehalfOf("h-1").post(USE, use.formatted(personal));
            assertThat(bought.text("field")).isEqualTo("purchaseReference");
        }
        assertThat(pipeline.submitted()).isEmpty();
        assertThat(platform.onBehalfOf("h-1").post(USE, use.formatted("R-1")).status())
                .isEqualTo(200);
        // An enterprise's credit code is nobody's number, whatever digits stand in it.
        assertThat(anonymous()
                        .as(dataDirectory(), new Actor("platform", Role.PROVIDER, "*"))
                        .withKey("k")
                        .onBehalfOf("13800138000")
                        .post(ACCEPT, "")
                        .status())
                .isEqualTo(200);
    }

    @Test
    @DisplayName(
            "ALL-04: a request names its party where the token leaves it open; where it does not, the token's is told with it")
    void onBehalfOf() {
        Caller platform = anonymous()
                .as(dataDirectory(), new Actor("platform", Role.PROVIDER, "*"))
                .withKey("k");
        Caller provider = anonymous()
                .as(dataDirectory(), new Actor("p-7", Role.PROVIDER, CODE))
                .withKey("k");

        assertThat(platform.onBehalfOf(CODE).post(ACCEPT, "").status()).isEqualTo(200);
        assertThat(provider.onBehalfOf(CODE).post(ACCEPT, "").status()).isEqualTo(200);
        assertThat(platform.post(ACCEPT, "").status()).isEqualTo(200);
        provider.onBehalfOf("91440101MA5B00001X").post(ACCEPT, "");

        as(Role.OPERATOR).onBehalfOf(CODE).post(ACCEPT, "");
        assertThat(provider.onBehalfOf("a b").post(ACCEPT, "").text("field")).isEqualTo("onBehalfOf");

        assertThat(pipeline.submitted().stream().map(CommandRequest::actor))
                .containsExactly(
                        new Actor("platform", Role.PROVIDER, CODE),
                        new Actor("p-7", Role.PROVIDER, CODE),
                        new Actor("platform", Role.PROVIDER, ""),
                        new Actor("p-7", Role.PROVIDER, "91440101MA5B00001X"),
                        new Actor("operator-1", Role.OPERATOR, CODE));
        assertThat(pipeline.submitted().stream().map(CommandRequest::mandate))
                .containsExactly(CODE, CODE, "", CODE, "");
    }

    @Test
    @DisplayName("a token names its actor, role and party")
    void actor() {
        String token = new DevelopmentTokens(DevelopmentKey.of(dataDirectory()))
                .sign(new Actor("p-7", Role.PROVIDER, CODE), Instant.now(), Duration.ofMinutes(1));

        anonymous().withToken(token).withKey("k").post(ACCEPT, "");

        assertThat(pipeline.submitted())
                .singleElement()
                .satisfies(request -> assertThat(request.actor()).isEqualTo(new Actor("p-7", Role.PROVIDER, CODE)));
    }
}
