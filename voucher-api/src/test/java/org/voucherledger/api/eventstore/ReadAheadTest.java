package org.voucherledger.api.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is read beside the lane is told once, and only if it is still all of it. */
class ReadAheadTest {

    private final List<List<String>> read = new ArrayList<>();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final ReadAhead ahead = new ReadAhead(this::stored, waiting::add);

    @Test
    void what_was_read_is_told_once() {
        ahead.begin(List.of("A", "B", "A"));
        waiting.remove().run();

        assertThat(read).containsExactly(List.of("A", "B"));
        assertThat(ahead.take("A"))
                .hasValueSatisfying(events -> assertThat(events)
                        .<Object>extracting(DomainEventMessage::getPayload)
                        .containsExactly("event of A"));
        assertThat(ahead.take("A")).isEmpty();
        assertThat(ahead.take("C")).isEmpty();
    }

    @Test
    void what_is_there_already_is_not_read_again_and_two_readings_are_never_under_way() {
        ahead.begin(List.of("A"));
        ahead.begin(List.of("C"));
        waiting.remove().run();
        ahead.begin(List.of("A", "B"));
        waiting.remove().run();

        assertThat(read).containsExactly(List.of("A"), List.of("B"));
        assertThat(waiting).isEmpty();
    }

    @Test
    @DisplayName("A stream that was continued before, while or after it was read is told only as it was read since")
    void continued() {
        ahead.continued("A");
        ahead.begin(List.of("A", "B", "C"));
        ahead.continued("B");
        waiting.remove().run();
        ahead.continued("C");

        assertThat(ahead.take("A")).isPresent();
        assertThat(ahead.take("B")).isEmpty();
        assertThat(ahead.take("C")).isEmpty();
    }

    @Test
    @DisplayName("When everything is void, so is what is just being read; and the next reading has nothing of it")
    void forgotten() {
        ahead.begin(List.of("A"));
        Runnable late = waiting.remove();
        ahead.forget();
        ahead.begin(List.of("B"));
        late.run();

        assertThat(ahead.take("A")).isEmpty();
        ahead.continued("B");
        waiting.remove().run();
        assertThat(ahead.take("B")).isEmpty();
    }

    @Test
    void what_could_not_be_read_is_left_to_whoever_needs_it() {
        Function<List<String>, Map<String, List<DomainEventMessage<?>>>> broken = streams -> {
            throw new IllegalStateException("the connection is gone");
        };
        var failing = new ReadAhead(broken, waiting::add);
        failing.begin(List.of("A"));
        waiting.remove().run();
        failing.begin(List.of("B"));

        assertThat(failing.take("A")).isEmpty();
        assertThat(waiting).hasSize(1);
    }

    @Test
    void what_nobody_comes_for_does_not_pile_up() {
        for (int turn = 0; turn < 100; turn++) {
            int from = turn * 100;
            ahead.begin(IntStream.range(from, from + 100)
                    .mapToObj(Integer::toString)
                    .toList());
            waiting.remove().run();
        }

        assertThat(ahead.take("9999")).isPresent();
        assertThat(ahead.take("0")).isEmpty();
    }

    private Map<String, List<DomainEventMessage<?>>> stored(List<String> streams) {
        read.add(streams);
        return streams.stream()
                .collect(Collectors.toMap(
                        stream -> stream,
                        stream -> List.of(new GenericDomainEventMessage<>("Test", stream, 0, "event of " + stream))));
    }
}
