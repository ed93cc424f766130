package org.voucherledger.projections.claimworklist;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.party.Document;
import org.voucherledger.domain.redemption.ClaimEvent;
import org.voucherledger.domain.redemption.ClaimEvent.BankSlipsHandedIn;
import org.voucherledger.domain.redemption.ClaimEvent.ClaimPublished;
import org.voucherledger.domain.redemption.ClaimEvent.ClaimReviewed;
import org.voucherledger.domain.redemption.ClaimEvent.ClaimSubmitted;
import org.voucherledger.domain.redemption.ClaimEvent.ClaimWithdrawn;
import org.voucherledger.domain.redemption.ClaimEvent.ItemBounced;
import org.voucherledger.domain.redemption.ClaimEvent.ItemDropped;
import org.voucherledger.domain.redemption.ClaimEvent.ItemObjected;
import org.voucherledger.domain.redemption.ClaimEvent.ItemPaidEarly;
import org.voucherledger.domain.redemption.ClaimEvent.ItemPublishedAnew;
import org.voucherledger.domain.redemption.ClaimEvent.ItemsSettled;
import org.voucherledger.domain.redemption.ClaimEvent.NoticeEnded;
import org.voucherledger.domain.redemption.ClaimEvent.ObjectionAnswered;
import org.voucherledger.domain.redemption.ClaimState.ItemStatus;
import org.voucherledger.domain.redemption.ObjectionOutcome;

/**
 * The claims as the rulebook tells them (GZ-40 to GZ-43), worked out from the events alone: it knows neither the domain's
 * states nor the view. The first event of a log has position one.
 */
final class ExpectedClaims {

    private final Map<String, Told> claims = new TreeMap<>();
    private long position;

    ExpectedClaims(List<? extends TrackedEventMessage<?>> events) {
        for (var message : events) {
            position++;
            if (message.getPayload() instanceof ClaimEvent event) {
                var claim = claims.computeIfAbsent(event.claimId(), id -> new Told());
                claim.hears(event, new When(message, position));
            }
        }
    }

    List<ClaimFile> files() {
        return claims.values().stream().map(Told::file).toList();
    }

    private record When(TrackedEventMessage<?> message, long position) {

        String said(String key) {
            return (String) message.getMetaData().get(key);
        }

        Instant at() {
            return Instant.parse(said(Stamp.RECEIVED_AT));
        }
    }

    /** What stands in an item's row, but for when it last changed. */
    private static final class Line {
        private String voucherId;
        private String enterpriseId;
        private long claimedFen;
        private Long approvedFen;
        private ItemStatus status = ItemStatus.OPEN;
        private Instant noticeEndsAt;
        private int open;
        private ClaimItem shown;

        boolean isLive() {
            return status == ItemStatus.OPEN || status == ItemStatus.PUBLISHED;
        }

        ClaimItem asOf(Instant at, long position) {
            int held = isLive() ? open : 0;
            return new ClaimItem(
                    voucherId, enterpriseId, claimedFen, approvedFen, status, noticeEndsAt, held, at, position);
        }

        void showIfChanged(When when) {
            if (shown == null || !Objects.equals(asOf(shown.changedAt(), shown.position()), shown)) {
                shown = asOf(when.at(), when.position());
            }
        }
    }

    private static final class Told {
        private ClaimSubmitted submitted;
        private When born;
        private When last;
        private boolean withdrawn;
        private boolean published;
        private ClaimStage reviewed = ClaimStage.SUBMITTED;
        private final List<String> reviewers = new ArrayList<>();
        private final Map<String, Line> lines = new TreeMap<>();
        private final Map<Long, Objection> objections = new LinkedHashMap<>();

        void hears(ClaimEvent event, When when) {
            last = when;
            switch (event) {
                case ClaimSubmitted e -> submit(e, when);
                case ClaimWithdrawn e -> {
                    withdrawn = true;
                    lines.values().stream().filter(Line::isLive).forEach(line -> line.status = ItemStatus.RELEASED);
                }
                case ClaimReviewed e -> {
                    reviewers.add(e.reviewer());
                    reviewed = switch (e.stage()) {
                        case FIRST -> ClaimStage.FIRST_REVIEWED;
                        case EXPERT -> ClaimStage.EXPERT_REVIEWED;
                        case FINAL, RECONCILIATION -> ClaimStage.FINALLY_REVIEWED;
                    };
                    lines.values().stream()
                            .filter(line -> line.approvedFen == null)
                            .forEach(line -> line.approvedFen = line.claimedFen);
                    e.items().forEach(item -> lines.get(item.voucherId()).approvedFen = item.approvedFen());
                }
                case ClaimPublished e -> {
                    published = true;
                    each(e.voucherIds()).forEach(line -> {
                        line.status = ItemStatus.PUBLISHED;
                        line.noticeEndsAt = e.noticeEndsAt();
                    });
                }
                case ItemObjected e -> object(e, when);
                case ObjectionAnswered e -> answer(e, when);
                // What the answer said already.
                case ItemPublishedAnew e -> {}
                // A fact about the payment, whose settlement follows.
                case ItemPaidEarly e -> {}
                // A paper for the archive.
                case BankSlipsHandedIn e -> {}
                case ItemsSettled e -> each(e.voucherIds()).forEach(line -> line.status = ItemStatus.SETTLED);
                case NoticeEnded e -> each(e.voucherIds()).forEach(line -> line.status = ItemStatus.RELEASED);
                case ItemBounced e -> {
                    Line line = lines.get(e.voucherId());
                    line.status = ItemStatus.PUBLISHED;
                    line.claimedFen = line.approvedFen;
                }
                case ItemDropped e -> lines.get(e.voucherId()).status = ItemStatus.DROPPED;
            }
            lines.values().forEach(line -> line.showIfChanged(when));
        }

        private Collection<Line> each(List<String> voucherIds) {
            return voucherIds.stream().map(lines::get).toList();
        }

        private void submit(ClaimSubmitted event, When when) {
            submitted = event;
            born = when;
            event.items().forEach(item -> {
                var line = new Line();
                line.voucherId = item.voucherId();
                line.enterpriseId = item.enterpriseId();
                line.claimedFen = item.claimedFen();
                lines.put(item.voucherId(), line);
            });
        }

        private void object(ItemObjected event, When when) {
            lines.get(event.voucherId()).open++;
            objections.put(
                    when.position(),
                    new Objection(
                            when.position(),
                            event.objectionId(),
                            event.voucherId(),
                            event.matter(),
                            event.documents().stream().map(Document::sha256).toList(),
                            when.at(),
                            when.said(Stamp.ACTOR),
                            Role.valueOf(when.said(Stamp.ROLE)),
                            null,
                            null,
                            null,
                            null,
                            null));
        }

        private void answer(ObjectionAnswered event, When when) {
            Line line = lines.get(event.voucherId());
            line.open--;
            line.approvedFen = event.approvedFen();
            if (event.outcome() == ObjectionOutcome.RAISED) {
                line.noticeEndsAt = event.noticeEndsAt();
            }
            Objection raised = objections.values().stream()
                    .filter(o -> o.objectionId().equals(event.objectionId()) && o.outcome() == null)
                    .findFirst()
                    .orElseThrow();
            objections.put(
                    raised.position(),
                    new Objection(
                            raised.position(),
                            raised.objectionId(),
                            raised.voucherId(),
                            raised.matter(),
                            raised.documents(),
                            raised.objectedAt(),
                            raised.objectedBy(),
                            raised.objectedRole(),
                            event.outcome(),
                            event.approvedFen(),
                            when.at(),
                            when.said(Stamp.ACTOR),
                            event.reason()));
        }

        private ClaimStage stage() {
            if (withdrawn) {
                return ClaimStage.WITHDRAWN;
            }
            if (lines.values().stream().noneMatch(Line::isLive)) {
                return ClaimStage.SETTLED;
            }
            return published ? ClaimStage.PUBLISHED : reviewed;
        }

        private Long approvedFen() {
            if (reviewers.isEmpty()) {
                return null;
            }
            return lines.values().stream()
                    .filter(line -> line.isLive() || line.status == ItemStatus.SETTLED)
                    .mapToLong(line -> line.approvedFen)
                    .sum();
        }

        ClaimFile file() {
            var live = lines.values().stream().filter(Line::isLive).toList();
            var claim = new Claim(
                    submitted.claimId(),
                    submitted.batchId(),
                    submitted.schemeId(),
                    submitted.schemeVersion(),
                    submitted.claimantId(),
                    submitted.providerId(),
                    stage(),
                    List.copyOf(reviewers),
                    born.at(),
                    last.at(),
                    last.position(),
                    lines.values().stream().mapToLong(line -> line.claimedFen).sum(),
                    approvedFen(),
                    lines.size(),
                    live.size(),
                    live.stream().mapToInt(line -> line.open).sum());
            return new ClaimFile(
                    claim, lines.values().stream().map(line -> line.shown).toList(), List.copyOf(objections.values()));
        }
    }
}
