package org.voucherledger.api.pipeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The commands that wait, in the lines of their {@linkplain Turn turns}.
 *
 * <p>Invariants: a line is taken from its front only, and so is what waits for the same name; whoever has waited longest can
 * always be taken. For one thread at a time.
 */
final class WaitingLines {

    /** A line may be this many times as long as what is still free: one alone fills three quarters, and some is left for others. */
    private static final int SHARE = 3;

    /** @param number its place in the order of receipt */
    private record Waiting(long number, Received received, Turn turn) {}

    private final int capacity;
    private final Map<String, Deque<Waiting>> lines = new HashMap<>();
    /** The lines in which somebody waits, in the order in which they are asked. */
    private final Deque<String> turns = new ArrayDeque<>();

    private final Map<String, Deque<Waiting>> byName = new HashMap<>();
    private final Deque<Waiting> namingNothing = new ArrayDeque<>();
    private final TreeMap<Long, Waiting> all = new TreeMap<>();
    private long numbers;

    WaitingLines(int capacity) {
        this.capacity = capacity;
    }

    /** Whether there is room in the line of this turn. As long as anything is free, there is for the first of a line. */
    boolean hasRoomFor(Turn turn) {
        Deque<Waiting> line = lines.get(turn.line());
        return (line == null ? 0 : line.size()) < SHARE * (capacity - all.size());
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    void add(Received received, Turn turn) {
        var waiting = new Waiting(++numbers, received, turn);
        all.put(waiting.number(), waiting);
        join(lines, turn.line(), waiting);
        if (lines.get(turn.line()).size() == 1) {
            turns.addLast(turn.line());
        }
        turn.names().forEach(name -> join(byName, name, waiting));
        if (turn.names().isEmpty()) {
            namingNothing.addLast(waiting);
        }
    }

    /** The next ones, one from each line in turn as far as they may be taken. */
    List<Received> take(int most) {
        var taken = new ArrayList<Received>(Math.min(most, all.size()));
        for (int inVain = 0; taken.size() < most && inVain < turns.size(); ) {
            String turn = turns.removeFirst();
            Waiting first = lines.get(turn).peekFirst();
            if (mayBeTaken(first)) {
                inVain = 0;
                leave(first);
                taken.add(first.received());
            } else {
                inVain++;
            }
            if (lines.containsKey(turn)) {
                turns.addLast(turn);
            }
        }
        return taken;
    }

    /** Those who have waited longest, in the order of receipt. They are not taken. */
    List<Received> longest(int most) {
        return all.values().stream().limit(most).map(Waiting::received).toList();
    }

    private boolean mayBeTaken(Waiting waiting) {
        if (waiting.turn().names().isEmpty()) {
            return all.firstKey() == waiting.number();
        }
        return (namingNothing.isEmpty() || namingNothing.peekFirst().number() > waiting.number())
                && waiting.turn().names().stream()
                        .allMatch(name -> byName.get(name).peekFirst().number() == waiting.number());
    }

    private void leave(Waiting first) {
        all.remove(first.number());
        leave(lines, first.turn().line());
        first.turn().names().forEach(name -> leave(byName, name));
        if (first.turn().names().isEmpty()) {
            namingNothing.removeFirst();
        }
    }

    private static void join(Map<String, Deque<Waiting>> lines, String line, Waiting last) {
        lines.computeIfAbsent(line, key -> new ArrayDeque<>(2)).addLast(last);
    }

    private static void leave(Map<String, Deque<Waiting>> lines, String line) {
        Deque<Waiting> waiting = lines.get(line);
        waiting.removeFirst();
        if (waiting.isEmpty()) {
            lines.remove(line);
        }
    }
}
