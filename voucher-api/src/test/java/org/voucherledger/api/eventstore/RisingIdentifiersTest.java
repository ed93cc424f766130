package org.voucherledger.api.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.axonframework.common.IdentifierFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RisingIdentifiersTest {

    @Test
    @DisplayName("Messages are named by UUIDs that rise, and no two alike, however many threads draw them")
    void rise() throws Exception {
        IdentifierFactory identifiers = IdentifierFactory.getInstance();
        List<Future<List<String>>> drawn = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int thread = 0; thread < 4; thread++) {
                drawn.add(threads.submit(() -> Stream.generate(identifiers::generateIdentifier)
                        .limit(20_000)
                        .toList()));
            }
        }

        List<String> all = new ArrayList<>();
        for (Future<List<String>> each : drawn) {
            assertThat(each.get()).isSorted();
            all.addAll(each.get());
        }
        assertThat(all).doesNotHaveDuplicates();
        assertThat(UUID.fromString(all.getFirst()))
                .satisfies(uuid -> assertThat(uuid.version()).isEqualTo(7))
                .satisfies(uuid -> assertThat(uuid.variant()).isEqualTo(2));
    }
}
