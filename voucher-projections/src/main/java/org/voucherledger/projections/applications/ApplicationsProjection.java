package org.voucherledger.projections.applications;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.voucherledger.domain.aggregate.AuthorityDecision;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.batch.BatchEvent;
import org.voucherledger.domain.batch.BatchEvent.ApplicationGranted;
import org.voucherledger.domain.batch.BatchEvent.ApplicationNotGranted;
import org.voucherledger.domain.batch.BatchEvent.ApplicationSkipped;
import org.voucherledger.domain.batch.BatchEvent.ApplicationWaitlisted;
import org.voucherledger.domain.batch.BatchState;
import org.voucherledger.domain.batch.QueueEvent.ApplicationApproved;
import org.voucherledger.domain.batch.QueueEvent.ApplicationQueued;
import org.voucherledger.domain.batch.QueueEvent.ApplicationRecalled;
import org.voucherledger.domain.batch.QueueEvent.ApplicationRejected;
import org.voucherledger.domain.batch.QueueEvent.ApplicationReserved;
import org.voucherledger.domain.batch.QueueEvent.ApplicationWithdrawn;
import org.voucherledger.domain.scheme.SchemeEvent;
import org.voucherledger.domain.scheme.SchemeState;
import org.voucherledger.projections.affected.Recording;
import org.voucherledger.projections.projection.Documents;
import org.voucherledger.projections.projection.Json;
import org.voucherledger.projections.projection.Parts;
import org.voucherledger.projections.projection.Projection;
import org.voucherledger.projections.projection.States;
import org.voucherledger.projections.projection.Tables;
import org.voucherledger.projections.projection.Told;

/** Each application with its place in the queue and what became of it (GZ-12, GZ-14: every position and skip is shown). */
public final class ApplicationsProjection implements Projection {

    public static final String NAME = "applications";

    private static final String WRITE = """
            insert into {slot}.application values
              (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?::json)
            on conflict (id) do update set
              (granted_fen, outcome, rule, about, left_fen, voucher_ids, decided_at, log_position, state) =
              (excluded.granted_fen, excluded.outcome, excluded.rule, excluded.about, excluded.left_fen,
               excluded.voucher_ids, excluded.decided_at, excluded.log_position, excluded.state)
            """;

    @Override
    public String name() {
        return NAME;
    }

    private static final String WRITE_STATE =
            "insert into {slot}.%s values (?, ?::json) on conflict (id) do update set state = excluded.state";

    @Override
    public void tell(List<Told> events, Tables tables) {
        Parts.of(events, ApplicationsProjection::isDecided).forEach(part -> tellPart(part, tables));
    }

    private static boolean isDecided(DomainEvent event) {
        return event instanceof BatchEvent && event instanceof AuthorityDecision;
    }

    private static void tellPart(List<Told> events, Tables tables) {
        var batches = tables.states(
                "batch", BatchState.class, BatchState.EMPTY, ids(events, BatchEvent.class, BatchEvent::batchId));
        var schemes = tables.states(
                "scheme", SchemeState.class, SchemeState.EMPTY, ids(events, SchemeEvent.class, SchemeEvent::schemeId));
        for (Told told : events) {
            if (isDecided(told.event())) {
                BatchState before = batches.now(((BatchEvent) told.event()).batchId());
                writeAffected(told, before, schemes.now(before.opened().schemeId()), tables);
            }
            switch (told.event()) {
                case BatchEvent e -> batches.evolve(e.batchId(), told, e);
                case SchemeEvent e -> schemes.evolve(e.schemeId(), told, e);
                default -> {}
            }
        }
        writeStates("batch", batches, tables);
        writeStates("scheme", schemes, tables);
        writeApplications(events, tables);
    }

    private static void writeAffected(Told told, BatchState before, SchemeState scheme, Tables tables) {
        try (var recording = new Recording(told.position(), tables)) {
            MovedBudget.tell((BatchEvent) told.event(), before, scheme, told.at(), tables, recording);
        }
    }

    private static void writeStates(String table, States<?, ?> states, Tables tables) {
        var rows = new ArrayList<Object[]>();
        states.changed().keySet().forEach(id -> rows.add(new Object[] {id, states.json(id)}));
        tables.write(WRITE_STATE.formatted(table), rows);
    }

    private static <E extends DomainEvent> List<String> ids(List<Told> events, Class<E> kind, Function<E, String> id) {
        return events.stream()
                .map(Told::event)
                .filter(kind::isInstance)
                .map(kind::cast)
                .map(id)
                .toList();
    }

    private static void writeApplications(List<Told> events, Tables tables) {
        var ids = events.stream()
                .map(told -> applicationOf(told.event()))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        var applications =
                tables.documents("application", "state", Application.class).fetch(ids);
        events.forEach(told -> tell(told, applications));

        var rows = new ArrayList<Object[]>();
        applications.changed().forEach(id -> rows.add(row(applications.get(id))));
        tables.write(WRITE, rows);
    }

    /** Which application an event is about; {@code null} if about none. */
    private static String applicationOf(DomainEvent event) {
        return switch (event) {
            case ApplicationQueued e -> e.applicationId();
            case ApplicationWithdrawn e -> e.applicationId();
            case ApplicationReserved e -> e.applicationId();
            case ApplicationApproved e -> e.applicationId();
            case ApplicationRejected e -> e.applicationId();
            case ApplicationRecalled e -> e.applicationId();
            case ApplicationGranted e -> e.applicationId();
            case ApplicationSkipped e -> e.applicationId();
            case ApplicationNotGranted e -> e.applicationId();
            case ApplicationWaitlisted e -> e.applicationId();
            default -> null;
        };
    }

    private static void tell(Told told, Documents<Application> applications) {
        String id = applicationOf(told.event());
        if (id != null) {
            Application before = applications.get(id);
            applications.put(
                    id,
                    switch (told.event()) {
                        case ApplicationQueued e -> Application.of(e, told);
                        case ApplicationWithdrawn e -> before.withdrawn(told);
                        case ApplicationReserved e -> Application.of(e, told);
                        case ApplicationApproved e -> before.approved(e, told);
                        case ApplicationRejected e -> before.rejected(e, told);
                        case ApplicationRecalled e -> before.withdrawn(told);
                        case ApplicationGranted e -> before.granted(e, told);
                        case ApplicationSkipped e -> before.skipped(e, told);
                        case ApplicationNotGranted e -> before.notGranted(e, told);
                        case ApplicationWaitlisted e -> before.waiting(e, told);
                        default -> before;
                    });
        }
    }

    private static Object[] row(Application application) {
        return new Object[] {
            application.id(),
            application.batchId(),
            application.schemeId(),
            application.enterpriseId(),
            application.position(),
            application.tier(),
            application.askedFen(),
            application.grantedFen(),
            application.outcome().name(),
            application.rule(),
            application.about(),
            application.leftFen(),
            Json.write(application.voucherIds()),
            Tables.time(application.receivedAt()),
            Tables.time(application.decidedAt()),
            application.logPosition(),
            Json.write(application)
        };
    }
}
