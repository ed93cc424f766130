package org.voucherledger.domain.redemption;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.voucherledger.domain.redemption.ClaimEvent.ClaimPublished;
import org.voucherledger.domain.redemption.ClaimEvent.ItemPublishedAnew;
import org.voucherledger.domain.redemption.ClaimEvent.Listed;
import org.voucherledger.domain.time.Shanghai;

/**
 * GZ-42: the published list of a claim as a file. What stands in it follows from the event alone, to the byte, so its hash in the
 * ledger says for good what the public was shown. Amounts are in yuan; there is no personal data in it (ALL-05).
 */
public final class PublicList {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private static final List<String> HEADINGS =
            List.of("兑现申请编号", "服务券编号", "企业名称", "统一社会信用代码", "服务机构", "申请金额（元）", "核定金额（元）", "审核结果", "公示截止");

    private PublicList() {}

    /** The publication with the hash of its list. */
    public static ClaimPublished publication(
            String claimId, Instant noticeEndsAt, String providerId, String providerName, List<Listed> list) {
        List<String> ids = list.stream().map(Listed::voucherId).toList();
        String hash = sha256(csv(claimId, providerName, noticeEndsAt, list));
        return new ClaimPublished(claimId, ids, noticeEndsAt, providerId, providerName, list, hash);
    }

    /** The list of an item whose amount was raised, with its hash. */
    public static ItemPublishedAnew anew(
            String claimId,
            String objectionId,
            Instant noticeEndsAt,
            String providerId,
            String providerName,
            Listed item) {
        String csv = csv(claimId, providerName, noticeEndsAt, List.of(item));
        return new ItemPublishedAnew(claimId, objectionId, noticeEndsAt, providerId, providerName, item, sha256(csv));
    }

    /** The same, of an item that is published anew: a list of one line. */
    public static String csv(ItemPublishedAnew anew) {
        return csv(anew.claimId(), anew.providerName(), anew.noticeEndsAt(), List.of(anew.item()));
    }

    /** CSV in UTF-8 with a byte order mark, as spreadsheets expect it; one line an item, in the order of the event. */
    public static String csv(ClaimPublished published) {
        return csv(published.claimId(), published.providerName(), published.noticeEndsAt(), published.list());
    }

    private static String csv(String claimId, String providerName, Instant noticeEndsAt, List<Listed> list) {
        return BYTE_ORDER_MARK
                + Stream.concat(
                                Stream.of(HEADINGS),
                                list.stream().map(listed -> line(claimId, providerName, noticeEndsAt, listed)))
                        .map(cells -> cells.stream().map(PublicList::cell).collect(Collectors.joining(",", "", "\r\n")))
                        .collect(Collectors.joining());
    }

    private static List<String> line(String claimId, String providerName, Instant noticeEndsAt, Listed listed) {
        return List.of(
                claimId,
                listed.voucherId(),
                listed.enterpriseName(),
                listed.enterpriseId(),
                providerName,
                yuan(listed.claimedFen()),
                yuan(listed.approvedFen()),
                outcome(listed),
                noticeEndsAt.atZone(Shanghai.ZONE).toLocalDateTime().toString());
    }

    private static String outcome(Listed listed) {
        if (listed.approvedFen() == 0) {
            return "不予兑现";
        }
        return listed.approvedFen() < listed.claimedFen() ? "核减" : "同意";
    }

    private static String yuan(long fen) {
        return fen / 100 + "." + fen / 10 % 10 + fen % 10;
    }

    /** A name that a spreadsheet would take for a formula is marked as text. */
    private static String cell(String text) {
        String safe = CsvCell.harmless(text);
        return safe.matches("(?s).*[,\"\r\n].*") ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
