package org.voucherledger.api.http;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Role;

/** A server on a port of its own, and callers with tokens that it believes. */
@SpringBootTest(classes = HttpApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
abstract class HttpTest {

    static final String CODE = "91440101MA5A00001H";

    /** One directory for all: the server is started once and keeps its key. */
    private static Path dataDirectory;

    @LocalServerPort
    int port;

    @Autowired
    RecordingPipeline pipeline;

    @DynamicPropertySource
    static void data(DynamicPropertyRegistry registry) {
        registry.add("ledger.data", () -> dataDirectory().toString());
    }

    static synchronized Path dataDirectory() {
        if (dataDirectory == null) {
            dataDirectory =
                    Path.of("target", "http-test-" + ProcessHandle.current().pid());
        }
        return dataDirectory;
    }

    @BeforeEach
    void nothingWasSubmitted() {
        pipeline.reset();
    }

    Caller anonymous() {
        return Caller.anonymous(port);
    }

    Caller as(Role role) {
        return anonymous().as(dataDirectory(), role).withKey("key-1");
    }

    Caller enterprise(String code) {
        return anonymous()
                .as(dataDirectory(), new Actor("handler-1", Role.ENTERPRISE, code))
                .withKey("key-1");
    }
}
