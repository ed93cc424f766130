package org.voucherledger.api.redemptionpapers;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.voucherledger.api.seal.NotToBeHad;
import org.voucherledger.api.seal.SealedEvidence;
import org.voucherledger.domain.batch.BatchEvent.BatchOpened;
import org.voucherledger.domain.party.Document;
import org.voucherledger.domain.party.DocumentsOf;
import org.voucherledger.domain.redemption.ClaimEvent;
import org.voucherledger.domain.redemption.ClaimEvent.ItemBounced;
import org.voucherledger.domain.redemption.ClaimEvent.ItemsSettled;
import org.voucherledger.domain.redemption.ClaimState;
import org.voucherledger.domain.redemption.ClaimState.Item;
import org.voucherledger.domain.redemption.CsvCell;
import org.voucherledger.domain.redemption.SettlementEvent;
import org.voucherledger.domain.redemption.SettlementEvent.ClaimNumbered;
import org.voucherledger.domain.redemption.SettlementEvent.PaidOutOfTurn;
import org.voucherledger.domain.redemption.SettlementEvent.PartyFreed;
import org.voucherledger.domain.redemption.SettlementEvent.PartyHeld;
import org.voucherledger.domain.redemption.SettlementEvent.PaymentAwaited;
import org.voucherledger.domain.redemption.SettlementEvent.PaymentCalledOff;
import org.voucherledger.domain.redemption.SettlementEvent.PaymentFreed;
import org.voucherledger.domain.redemption.SettlementEvent.PaymentHeld;
import org.voucherledger.domain.redemption.SettlementEvent.PaymentMade;
import org.voucherledger.domain.redemption.SettlementEvent.PaymentReopened;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.rule.Refused;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.scheme.SchemeEvent.SchemePublished;
import org.voucherledger.projections.audittrail.AuditTrail;
import org.voucherledger.projections.audittrail.Recorded;
import org.voucherledger.projections.evidence.Scope;

/** GZ-44: what goes into the archive package of a claim. To be asked inside one snapshot. */
@Component
class ClaimArchive {

    private static final String ALL_STREAMS = "history.json";

    private final AuditTrail trail;
    private final ClaimBook book;
    private final SealedEvidence evidence;

    ClaimArchive(AuditTrail trail, ClaimBook book, SealedEvidence evidence) {
        this.trail = trail;
        this.book = book;
        this.evidence = evidence;
    }

    /** What should be in the package and is not, and why: never silently left out. */
    record Absent(String what, String why) {}

    /**
     * The parts that come from the log, and the documents that it names.
     *
     * @param texts by their path in the package
     * @param documents by their hash
     * @param position of the last event in it
     */
    record Contents(Map<String, byte[]> texts, Map<String, Document> documents, List<Absent> absent, long position) {}

    /** @throws Refused if there is no such claim, or it is not over */
    Contents of(String claimId) {
        ClaimState claim = book.claim(claimId)
                .orElseThrow(() -> new Refused(
                        Rule.ALL_04.holds(Check.ACTOR, "ClaimUnknown", false, "a known Claim", "unknown", claimId)));
        Decision over = isOver(claim, claimId);
        if (!over.allowed()) {
            throw new Refused(over);
        }
        var submitted = claim.submitted();
        List<Recorded> ofClaim = trail.stream("claim:" + claimId);
        Map<String, byte[]> texts = new TreeMap<>();
        Map<String, Document> documents = new TreeMap<>();
        history("claim", ofClaim, texts);
        bank(ofClaim, texts);
        publishedLists(ofClaim, texts);
        List<Recorded> all = new ArrayList<>(ofClaim);
        for (String voucherId : claim.items().keySet()) {
            List<Recorded> ofVoucher = trail.stream("voucher:" + voucherId);
            history("vouchers/" + voucherId, ofVoucher, texts);
            all.addAll(ofVoucher);
        }
        List<Recorded> turn = orderOfPayment(claim);
        if (!turn.isEmpty()) {
            history("order-of-payment", turn, texts);
            all.addAll(turn);
        }
        all.forEach(recorded ->
                DocumentsOf.named(recorded.event()).forEach(document -> documents.put(document.sha256(), document)));
        List<Recorded> terms = version(submitted.schemeId(), submitted.schemeVersion());
        history("scheme", terms, texts);
        List<Recorded> opened = trail.stream("batch:" + submitted.batchId()).stream()
                .filter(recorded -> recorded.event() instanceof BatchOpened)
                .toList();
        history("batch", opened, texts);
        long position =
                position(Stream.of(all, terms, opened).flatMap(List::stream).toList());
        List<Absent> absent = new ArrayList<>(slipsNotHandedIn(claim));
        proof(claimId, position(all), texts).ifPresent(absent::add);
        return new Contents(texts, documents, absent, position);
    }

    private static long position(List<Recorded> events) {
        return events.stream()
                .mapToLong(recorded -> recorded.entry().position())
                .max()
                .orElse(0);
    }

    /** The claim, its vouchers and the scheme as they are sealed in the log, with what it takes to check them anywhere. */
    private Optional<Absent> proof(String claimId, long position, Map<String, byte[]> texts) {
        String path = "proofs/claim-" + claimId + ".evidence";
        texts.put("proofs/README.md", bytes(ProofReadme.of(path)));
        try {
            texts.put(path, evidence.after(position, Scope.claim(claimId)));
            return Optional.empty();
        } catch (NotToBeHad notSealed) {
            return Optional.of(new Absent(path, notSealed.getMessage()));
        }
    }

    /** GZ-44: the bank's slip of each payment and of each that came back; one that was not handed in is told. */
    private static List<Absent> slipsNotHandedIn(ClaimState claim) {
        return claim.bank().entries().stream()
                .filter(entry -> entry.slips().isEmpty())
                .map(entry -> new Absent(
                        "the bank's slip of " + entry.bankReference(),
                        switch (entry.movement()) {
                            case PAID -> "not handed in with the settlement, nor later";
                            case CAME_BACK -> "not handed in with the bounce, nor later";
                        }))
                .toList();
    }

    /** GZ-44: a claim is archived when none of its items is live any more. */
    private static Decision isOver(ClaimState claim, String claimId) {
        return Rule.GZ_44.holds(
                Check.STATE,
                "ClaimNotOver",
                claim.live().isEmpty(),
                "no item under way",
                claim.live().size() + " under way",
                claimId);
    }

    /** The version under which the claim was decided (ALL-01): its publication, whatever came after. */
    private List<Recorded> version(String schemeId, int version) {
        return trail.stream("scheme:" + schemeId).stream()
                .filter(recorded -> recorded.event() instanceof SchemePublished)
                .skip(version - 1L)
                .limit(1)
                .toList();
    }

    private static void history(String path, List<Recorded> stream, Map<String, byte[]> texts) {
        texts.put(path + "/" + ALL_STREAMS, bytes(ArchiveText.json(stream)));
        texts.put(path + "/history.txt", bytes(ArchiveText.readable(stream)));
    }

    /** What was published is what everybody could fetch. */
    private static void publishedLists(List<Recorded> ofClaim, Map<String, byte[]> texts) {
        ofClaim.stream()
                .flatMap(recorded -> PublishedList.of(recorded).stream())
                .forEach(list -> texts.put("claim/" + list.fileName(), list.file()));
    }

    /** What the bank did, in its order, and why where that was said. */
    private static void bank(List<Recorded> ofClaim, Map<String, byte[]> texts) {
        StringBuilder csv = new StringBuilder("position,at,voucherId,what,amountFen,paidOn,bankReference,reason\r\n");
        ClaimState claim = ClaimState.EMPTY;
        for (Recorded recorded : ofClaim) {
            // What an item is paid, and what comes back of it, is what is approved of it at that moment.
            ClaimState before = claim;
            claim = claim.evolve((ClaimEvent) recorded.event());
            switch (recorded.event()) {
                case ItemsSettled settled ->
                    settled.voucherIds()
                            .forEach(id -> bankLine(
                                    csv,
                                    recorded,
                                    before.item(id),
                                    "SETTLED",
                                    settled.paidOn().toString(),
                                    settled.bankReference()));
                case ItemBounced bounced ->
                    bankLine(csv, recorded, before.item(bounced.voucherId()), "BOUNCED", "", bounced.bankReference());
                default -> {}
            }
        }
        texts.put("claim/bank.csv", bytes(csv.toString()));
    }

    private static void bankLine(
            StringBuilder csv, Recorded recorded, Item item, String what, String paidOn, String reference) {
        csv.append(recorded.entry().position())
                .append(',')
                .append(recorded.entry().at())
                .append(',')
                .append(item.voucherId())
                .append(',')
                .append(what)
                .append(',')
                .append(item.approvedFen())
                .append(',')
                .append(paidOn)
                .append(',')
                .append(quoted(reference))
                .append(',')
                .append(quoted(recorded.entry().reason()))
                .append("\r\n");
    }

    private static String quoted(String text) {
        return "\"" + CsvCell.harmless(text).replace("\"", "\"\"") + "\"";
    }

    /** Its turn in the order of payment, whom it passed and who passed it, and what held its parties (CL-03, GZ-43). */
    private List<Recorded> orderOfPayment(ClaimState claim) {
        var submitted = claim.submitted();
        Set<String> parties = new HashSet<>(Set.of("provider:" + submitted.providerId()));
        claim.items().values().forEach(item -> parties.add("enterprise:" + item.enterpriseId()));
        return trail.stream("settlement:" + submitted.batchId()).stream()
                .filter(recorded -> concerns((SettlementEvent) recorded.event(), submitted.claimId(), parties))
                .toList();
    }

    private static boolean concerns(SettlementEvent event, String claimId, Set<String> parties) {
        return switch (event) {
            case ClaimNumbered e -> e.claimId().equals(claimId);
            case PaymentAwaited e -> e.claimId().equals(claimId);
            case PaymentMade e -> e.claimId().equals(claimId);
            case PaidOutOfTurn e ->
                e.claimId().equals(claimId) || e.passedClaimId().equals(claimId);
            case PaymentCalledOff e -> e.claimId().equals(claimId);
            case PaymentReopened e -> e.claimId().equals(claimId);
            case PaymentHeld e -> e.claimId().equals(claimId);
            case PaymentFreed e -> e.claimId().equals(claimId);
            case PartyHeld e -> parties.contains(e.party());
            case PartyFreed e -> parties.contains(e.party());
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
