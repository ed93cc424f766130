package org.voucherledger.api.tampering;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.ToLongFunction;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.api.seal.Finding;
import org.voucherledger.api.seal.Finding.Kind;
import org.voucherledger.api.seal.LeafRows;
import org.voucherledger.api.tampering.Original.Event;
import org.voucherledger.api.tampering.Original.Refused;
import org.voucherledger.projections.sealedlog.EventLeaf;
import org.voucherledger.projections.sealedlog.Leaf;
import org.voucherledger.projections.sealedlog.RefusalLeaf;
import org.voucherledger.projections.sealedlog.UploadRefusalLeaf;

/**
 * What a verification must find where only rows were changed: worked out from the rows as they were and as they are, column by
 * column, without a hash.
 */
final class RowOracle {

    private static final String EVENTS = Original.Kind.EVENT.table();

    private final Original original;
    private final List<Finding> findings = new ArrayList<>();

    private RowOracle(Original original) {
        this.original = original;
    }

    static List<Finding> findings(Original original, JdbcTemplate sql) {
        var oracle = new RowOracle(original);
        oracle.events(sql.query(Original.EVENTS, (row, n) -> LeafRows.event(row)));
        oracle.refusals(
                Original.Kind.REFUSAL,
                original.refusals(),
                sql.query(Original.REFUSALS, (row, n) -> LeafRows.refusal(row)),
                RefusalLeaf::id,
                RowOracle::same);
        oracle.refusals(
                Original.Kind.UPLOAD,
                original.uploads(),
                sql.query(Original.UPLOADS, (row, n) -> LeafRows.upload(row)),
                UploadRefusalLeaf::id,
                UploadRefusalLeaf::equals);
        return oracle.findings;
    }

    private void events(List<EventLeaf> rows) {
        Map<Long, EventLeaf> now = new LinkedHashMap<>();
        rows.forEach(row -> now.put(row.position(), row));
        Map<Long, Event> differing = new LinkedHashMap<>();
        Set<Long> sealed = new HashSet<>();
        for (Event was : original.events()) {
            long position = was.row().position();
            sealed.add(position);
            EventLeaf is = now.get(position);
            if (is == null || !sameBesidesPosition(is, was.row())) {
                differing.put(position, was);
            }
        }
        Map<Long, Long> standsAt = new HashMap<>();
        Map<Long, Long> cameFrom = new HashMap<>();
        for (EventLeaf is : rows) {
            boolean isSuspect = differing.containsKey(is.position()) || !sealed.contains(is.position());
            if (isSuspect) {
                differing.values().stream()
                        .filter(was -> sameBesidesPosition(is, was.row()))
                        .findFirst()
                        .ifPresent(was -> {
                            standsAt.put(was.row().position(), is.position());
                            cameFrom.put(is.position(), was.row().position());
                        });
            }
        }
        for (Event was : differing.values()) {
            long position = was.row().position();
            EventLeaf is = now.get(position);
            if (is == null) {
                add(standsAt.containsKey(position) ? Kind.REORDERED : Kind.DROPPED, position, was.leaf(), null);
            } else if (cameFrom.containsKey(position)) {
                add(Kind.REORDERED, position, was.leaf(), is);
                if (!standsAt.containsKey(position)) {
                    add(Kind.DROPPED, position, was.leaf(), null);
                }
            } else {
                add(standsAt.containsKey(position) ? Kind.INSERTED : Kind.ALTERED, position, was.leaf(), is);
            }
        }
        for (EventLeaf is : rows) {
            if (!sealed.contains(is.position()) && is.position() <= original.lastPosition()) {
                int covering = original.covering(Original.Kind.EVENT, is.position());
                findings.add(new Finding(
                        cameFrom.containsKey(is.position()) ? Kind.REORDERED : Kind.INSERTED,
                        null,
                        EVENTS,
                        is.position(),
                        is.stream(),
                        is.sequence(),
                        original.after(covering),
                        original.until(covering),
                        ""));
            }
        }
    }

    private void add(Kind kind, long position, long leaf, EventLeaf is) {
        int covering = original.coveringLeaf(leaf);
        findings.add(new Finding(
                kind,
                // What was pushed in never was a leaf itself.
                kind == Kind.INSERTED ? null : Long.valueOf(leaf),
                EVENTS,
                position,
                is == null ? null : is.stream(),
                is == null ? null : is.sequence(),
                original.after(covering),
                original.until(covering),
                ""));
    }

    private <L extends Leaf> void refusals(
            Original.Kind kind, List<Refused<L>> original, List<L> rows, ToLongFunction<L> id, BiPredicate<L, L> same) {
        Map<Long, L> now = new LinkedHashMap<>();
        rows.forEach(row -> now.put(id.applyAsLong(row), row));
        Set<Long> sealed = new HashSet<>();
        for (Refused<L> was : original) {
            sealed.add(was.id());
            L is = now.get(was.id());
            if (is == null || !same.test(is, was.row())) {
                refusal(
                        is == null ? Kind.DROPPED : Kind.ALTERED,
                        kind,
                        was.leaf(),
                        is == null ? null : Long.valueOf(was.id()),
                        this.original.coveringLeaf(was.leaf()));
            }
        }
        for (long number : now.keySet()) {
            if (!sealed.contains(number) && number <= this.original.last().read(kind)) {
                refusal(Kind.INSERTED, kind, null, number, this.original.covering(kind, number));
            }
        }
    }

    private void refusal(Kind deed, Original.Kind kind, Long leaf, Long row, int covering) {
        findings.add(new Finding(
                deed, leaf, kind.table(), row, null, null, original.after(covering), original.until(covering), ""));
    }

    private static boolean sameBesidesPosition(EventLeaf one, EventLeaf other) {
        return Objects.equals(one.id(), other.id())
                && Objects.equals(one.stream(), other.stream())
                && one.sequence() == other.sequence()
                && Objects.equals(one.aggregate(), other.aggregate())
                && Objects.equals(one.recordedAt(), other.recordedAt())
                && Objects.equals(one.type(), other.type())
                && Objects.equals(one.revision(), other.revision())
                && Arrays.equals(one.payload(), other.payload())
                && Arrays.equals(one.metadata(), other.metadata());
    }

    private static boolean same(RefusalLeaf one, RefusalLeaf other) {
        return Objects.equals(one.actor(), other.actor())
                && Objects.equals(one.idempotencyKey(), other.idempotencyKey())
                && Objects.equals(one.bodySha256(), other.bodySha256())
                && Objects.equals(one.commandType(), other.commandType())
                && Objects.equals(one.role(), other.role())
                && Objects.equals(one.onBehalfOf(), other.onBehalfOf())
                && Objects.equals(one.receivedAt(), other.receivedAt())
                && Objects.equals(one.rule(), other.rule())
                && Objects.equals(one.about(), other.about())
                && Objects.equals(one.stage(), other.stage())
                && Arrays.equals(one.answer(), other.answer())
                && one.position() == other.position();
    }
}
