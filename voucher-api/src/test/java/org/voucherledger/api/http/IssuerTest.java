package org.voucherledger.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.voucherledger.domain.command.Role;

/** A ledger that believes an issuer of its own, played by a small server. */
@SpringBootTest(classes = HttpApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class IssuerTest {

    private static final String ACCEPT = "/api/v1/vouchers/V-1/acceptance";

    @TempDir
    private static Path data;

    private static RSAKey key;
    private static HttpServer issuer;

    @LocalServerPort
    private int port;

    @Autowired
    private RecordingPipeline pipeline;

    @BeforeAll
    static void anIssuer() throws Exception {
        key = new RSAKeyGenerator(2048).keyID("k1").generate();
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String document = "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\",\"subject_types_supported\":[\"public\"]}"
                .formatted(url(), url());
        serve("/.well-known/openid-configuration", document);
        serve("/keys", new JWKSet(key.toPublicJWK()).toString());
        issuer.start();
    }

    @AfterAll
    static void issuerIsGone() {
        issuer.stop(0);
    }

    private static String url() {
        return "http://localhost:" + issuer.getAddress().getPort();
    }

    private static void serve(String path, String json) {
        issuer.createContext(path, exchange -> {
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        registry.add("ledger.data", () -> data.toString());
        registry.add("spring.security.oauth2.resourceserver.jwt.issuer-uri", IssuerTest::url);
    }

    @BeforeEach
    void nothingWasSubmitted() {
        pipeline.reset();
    }

    private Caller with(String issuedBy) throws Exception {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(issuedBy)
                .audience("voucher-ledger")
                .subject("p-1")
                .claim("role", "PROVIDER")
                .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                .build();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k1").build(), claims);
        token.sign(new RSASSASigner(key));
        return Caller.anonymous(port).withToken(token.serialize()).withKey("k");
    }

    @Test
    @DisplayName("the issuer's tokens are believed, and only in its own name")
    void issuersTokens() throws Exception {
        assertThat(with(url()).post(ACCEPT, "").status()).isEqualTo(200);
        assertThat(with("https://elsewhere.example").post(ACCEPT, "").status()).isEqualTo(401);
        assertThat(pipeline.submitted()).hasSize(1);
    }

    @Test
    @DisplayName("development tokens are refused, and no key for them is made")
    void developmentTokens(@TempDir Path elsewhere) {
        assertThat(Caller.anonymous(port)
                        .as(elsewhere, Role.PROVIDER)
                        .withKey("k")
                        .post(ACCEPT, "")
                        .status())
                .isEqualTo(401);
        assertThat(pipeline.submitted()).isEmpty();
        assertThat(data).isEmptyDirectory();
    }
}
