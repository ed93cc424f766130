package org.voucherledger.api.season;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What has been sent and what came of it. Written by the run's own thread only. */
final class Tally {

    private static final int MOST_SHOWN = 50;

    private final Map<String, Integer> refusedByRule = new TreeMap<>();
    private final Map<String, Integer> refusedByFact = new TreeMap<>();
    private final List<String> surprises = new ArrayList<>();
    private long commands;
    private long unexpected;

    void count(Deed deed, Reply reply) {
        count(deed.by().role() + " " + deed.command(), deed.expected(), reply);
    }

    void count(String what, Expected expected, Reply reply) {
        commands++;
        if (!reply.isAccepted()) {
            refusedByRule.merge(reply.rule().isEmpty() ? "HTTP-" + reply.status() : reply.rule(), 1, Integer::sum);
            refusedByFact.merge(reply.rule() + " " + reply.about(), 1, Integer::sum);
        }
        if (!expected.matches(reply)) {
            surprise(what + ": expected to be " + expected + ", was " + reply.text());
        }
    }

    /** Something else that is not as it must be. */
    void surprise(String what) {
        unexpected++;
        if (surprises.size() < MOST_SHOWN) {
            surprises.add(what);
        }
    }

    /** A check that is not about one command. */
    void insist(boolean holds, String what) {
        if (!holds) {
            surprise(what);
        }
    }

    long commands() {
        return commands;
    }

    long unexpected() {
        return unexpected;
    }

    /** The first of what was not expected. */
    List<String> surprises() {
        return List.copyOf(surprises);
    }

    Map<String, Integer> refusedByRule() {
        return new TreeMap<>(refusedByRule);
    }

    /** By rule and by the fact that it was about. */
    Map<String, Integer> refusedByFact() {
        return new TreeMap<>(refusedByFact);
    }
}
