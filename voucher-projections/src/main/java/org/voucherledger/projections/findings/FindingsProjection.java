package org.voucherledger.projections.findings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.finding.FindingEvent;
import org.voucherledger.domain.finding.FindingEvent.ComplaintRegistered;
import org.voucherledger.domain.finding.FindingEvent.FindingAnswered;
import org.voucherledger.domain.finding.FindingEvent.SpotCheckRegistered;
import org.voucherledger.domain.finding.FindingState;
import org.voucherledger.projections.projection.Projection;
import org.voucherledger.projections.projection.Tables;
import org.voucherledger.projections.projection.Told;

/** Complaints and spot checks as they are now (SV-04). */
public final class FindingsProjection implements Projection {

    public static final String NAME = "findings";

    private static final String WRITE = """
            insert into {slot}.finding as stored values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::json)
            on conflict (id) do update set
              (outcome, answer, measures, answered_at, position, state) =
              (excluded.outcome, coalesce(stored.answer, excluded.answer), excluded.measures,
               coalesce(stored.answered_at, excluded.answered_at), excluded.position, excluded.state)
            """;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void tell(List<Told> events, Tables tables) {
        var told =
                events.stream().filter(t -> t.event() instanceof FindingEvent).toList();
        var states = tables.states(
                "finding",
                FindingState.class,
                FindingState.EMPTY,
                told.stream().map(t -> ((FindingEvent) t.event()).findingId()).toList());
        Map<String, Told> registered = new HashMap<>();
        Map<String, Told> answered = new HashMap<>();
        for (Told t : told) {
            FindingEvent event = (FindingEvent) t.event();
            states.evolve(event.findingId(), t, event);
            switch (event) {
                case ComplaintRegistered e -> registered.put(e.findingId(), t);
                case SpotCheckRegistered e -> registered.put(e.findingId(), t);
                case FindingAnswered e -> answered.put(e.findingId(), t);
                default -> {}
            }
        }
        var rows = new ArrayList<Object[]>();
        states.changed().forEach((id, last) -> {
            FindingState finding = states.now(id);
            Told first = registered.get(id);
            Told answer = answered.get(id);
            rows.add(new Object[] {
                id,
                finding.kind().name(),
                first != null && first.event() instanceof ComplaintRegistered complaint
                        ? complaint.matter().name()
                        : null,
                finding.voucherId(),
                finding.enterpriseId(),
                finding.providerId(),
                first == null ? "" : broughtBy(first),
                finding.outcome() == null ? null : finding.outcome().name(),
                answer == null ? null : ((FindingAnswered) answer.event()).reason(),
                finding.measures(),
                // Only a new row takes it.
                Tables.time((first == null ? last : first).at()),
                answer == null ? null : Tables.time(answer.at()),
                last.position(),
                states.json(id)
            });
        });
        tables.write(WRITE, rows);
    }

    private static String broughtBy(Told registered) {
        return Findings.broughtBy(
                registered.said(Stamp.ROLE), registered.said(Stamp.ACTOR), registered.said(Stamp.ON_BEHALF_OF));
    }
}
