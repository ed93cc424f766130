package org.voucherledger.projections.claimworklist;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.party.Document;
import org.voucherledger.domain.redemption.ClaimEvent;
import org.voucherledger.domain.redemption.ClaimEvent.ClaimSubmitted;
import org.voucherledger.domain.redemption.ClaimEvent.ItemObjected;
import org.voucherledger.domain.redemption.ClaimEvent.ObjectionAnswered;
import org.voucherledger.domain.redemption.ClaimState;
import org.voucherledger.domain.redemption.ClaimState.Item;
import org.voucherledger.domain.redemption.ClaimState.ItemStatus;
import org.voucherledger.projections.projection.Projection;
import org.voucherledger.projections.projection.States;
import org.voucherledger.projections.projection.Tables;
import org.voucherledger.projections.projection.Told;

/** Each claim with its items and objections as they are now: who has to do what next (GZ-40 to GZ-43). */
public final class ClaimWorklistProjection implements Projection {

    public static final String NAME = "claimworklist";

    private static final String WRITE_CLAIM = """
            insert into {slot}.claim values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::json)
            on conflict (id) do update set
              (stage, reviewers, changed_at, position, claimed_fen, approved_fen, live_items, open_objections, state) =
              (excluded.stage, excluded.reviewers, excluded.changed_at, excluded.position, excluded.claimed_fen,
               excluded.approved_fen, excluded.live_items, excluded.open_objections, excluded.state)
            """;

    private static final String WRITE_ITEM = """
            insert into {slot}.claim_item values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (claim_id, voucher_id) do update set
              (claimed_fen, approved_fen, status, notice_ends_at, open_objections, changed_at, position) =
              (excluded.claimed_fen, excluded.approved_fen, excluded.status, excluded.notice_ends_at,
               excluded.open_objections, excluded.changed_at, excluded.position)
            """;

    private static final String WRITE_OBJECTION =
            "insert into {slot}.objection values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private static final String WRITE_ANSWER = """
            update {slot}.objection set outcome = ?, approved_fen = ?, answered_at = ?, answered_by = ?, reason = ?
            where claim_id = ? and objection_id = ? and outcome is null
            """;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void tell(List<Told> events, Tables tables) {
        new Telling(events, tables).tell();
    }

    /** One batch of events and the claims it touches. */
    private static final class Telling {

        private record ObjectionKey(String claimId, String objectionId) {}

        private record ItemKey(String claimId, String voucherId) {}

        private final List<Told> events;
        private final Tables tables;
        private final States<ClaimState, ClaimEvent> claims;
        private final Map<String, Told> submissions = new LinkedHashMap<>();
        private final Map<ItemKey, Object[]> items = new LinkedHashMap<>();
        private final Map<ObjectionKey, Told> open = new LinkedHashMap<>();
        private final List<Object[]> objections = new ArrayList<>();
        private final List<Object[]> answers = new ArrayList<>();

        Telling(List<Told> events, Tables tables) {
            this.events = events;
            this.tables = tables;
            claims = tables.states(
                    "claim",
                    ClaimState.class,
                    ClaimState.EMPTY,
                    events.stream()
                            .map(Told::event)
                            .filter(ClaimEvent.class::isInstance)
                            .map(event -> ((ClaimEvent) event).claimId())
                            .toList());
        }

        void tell() {
            for (Told told : events) {
                if (told.event() instanceof ClaimEvent event) {
                    evolve(told, event);
                }
            }
            writeClaims();
            tables.write(WRITE_ITEM, List.copyOf(items.values()));
            // Answers to what stood here before come first: an objection raised since may bear the same identifier.
            tables.write(WRITE_ANSWER, answers);
            open.forEach((key, told) -> objections.add(objection(told, null)));
            tables.write(WRITE_OBJECTION, objections);
        }

        private void evolve(Told told, ClaimEvent event) {
            String id = event.claimId();
            ClaimState before = claims.now(id);
            ClaimState after = claims.evolve(id, told, event);
            for (Item item : after.items().values()) {
                boolean firstReviewed = before.reviewed() == null && after.reviewed() != null;
                if (firstReviewed || !item.equals(before.item(item.voucherId()))) {
                    items.put(new ItemKey(id, item.voucherId()), row(after, item, told));
                }
            }
            switch (event) {
                case ClaimSubmitted e -> submissions.put(id, told);
                case ItemObjected e -> open.put(new ObjectionKey(id, e.objectionId()), told);
                case ObjectionAnswered e -> answer(told, e);
                default -> {}
            }
        }

        private void answer(Told told, ObjectionAnswered answer) {
            Told raised = open.remove(new ObjectionKey(answer.claimId(), answer.objectionId()));
            if (raised != null) {
                objections.add(objection(raised, told));
            } else {
                answers.add(new Object[] {
                    answer.outcome().name(),
                    answer.approvedFen(),
                    Tables.time(told.at()),
                    told.said(Stamp.ACTOR),
                    answer.reason(),
                    answer.claimId(),
                    answer.objectionId()
                });
            }
        }

        private static Object[] objection(Told raised, Told answered) {
            var objection = (ItemObjected) raised.event();
            var answer = answered == null ? null : (ObjectionAnswered) answered.event();
            return new Object[] {
                raised.position(),
                objection.claimId(),
                objection.objectionId(),
                objection.voucherId(),
                objection.matter().name(),
                objection.documents().stream().map(Document::sha256).toArray(String[]::new),
                Tables.time(raised.at()),
                raised.said(Stamp.ACTOR),
                raised.said(Stamp.ROLE),
                answer == null ? null : answer.outcome().name(),
                answer == null ? null : answer.approvedFen(),
                answer == null ? null : Tables.time(answered.at()),
                answer == null ? null : answered.said(Stamp.ACTOR),
                answer == null ? null : answer.reason()
            };
        }

        private void writeClaims() {
            var rows = new ArrayList<Object[]>();
            claims.changed().forEach((id, told) -> rows.add(row(id, claims.now(id), told)));
            tables.write(WRITE_CLAIM, rows);
        }

        private Object[] row(String id, ClaimState claim, Told told) {
            var submitted = claim.submitted();
            var items = claim.items().values();
            return new Object[] {
                id,
                submitted.batchId(),
                submitted.schemeId(),
                submitted.schemeVersion(),
                submitted.claimantId(),
                submitted.providerId(),
                ClaimStage.of(claim).name(),
                claim.reviewers().toArray(String[]::new),
                // Only a new row takes it.
                Tables.time(submissions.getOrDefault(id, told).at()),
                Tables.time(told.at()),
                told.position(),
                items.stream().mapToLong(Item::claimedFen).sum(),
                claim.reviewed() == null
                        ? null
                        : items.stream()
                                .filter(item -> item.isLive() || item.status() == ItemStatus.SETTLED)
                                .mapToLong(Item::approvedFen)
                                .sum(),
                items.size(),
                claim.live().size(),
                claim.live().stream().mapToInt(item -> item.objections().size()).sum(),
                claims.json(id)
            };
        }

        private static Object[] row(ClaimState claim, Item item, Told told) {
            return new Object[] {
                claim.submitted().claimId(),
                item.voucherId(),
                item.enterpriseId().isEmpty() ? null : item.enterpriseId(),
                item.claimedFen(),
                approvedFen(claim, item),
                item.status().name(),
                Tables.time(item.noticeEndsAt()),
                item.isLive() ? item.objections().size() : 0,
                Tables.time(told.at()),
                told.position()
            };
        }

        /** The domain starts an item with what is claimed; nobody has approved that before the first review. */
        private static Long approvedFen(ClaimState claim, Item item) {
            return claim.reviewed() == null ? null : Long.valueOf(item.approvedFen());
        }
    }
}
