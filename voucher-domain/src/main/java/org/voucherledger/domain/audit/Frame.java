package org.voucherledger.domain.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * All that could be drawn, each in its stratum, in the order of their numbers: the log up to a position makes it, and nothing
 * that is recorded later can change it.
 *
 * <p>Invariant: {@link #text} and with it {@link #sha256} are the same for the same items and strata, in whatever order the
 * items came; {@link #drawn} is a function of it and of the seed alone.
 */
public final class Frame {

    /** In the text, for an item that no stratum takes. */
    private static final String NO_STRATUM = "-";

    private final List<FrameItem> items;
    private final List<String> stratumOf = new ArrayList<>();
    private final Map<String, List<String>> strata = new LinkedHashMap<>();

    private Frame(List<FrameItem> items, List<Stratum> strata) {
        this.items = items;
        strata.forEach(stratum -> this.strata.put(stratum.stratumId(), new ArrayList<>()));
        for (FrameItem item : items) {
            String stratum = strata.stream()
                    .filter(each -> each.takes(item))
                    .map(Stratum::stratumId)
                    .findFirst()
                    .orElse(NO_STRATUM);
            stratumOf.add(stratum);
            if (!stratum.equals(NO_STRATUM)) {
                this.strata.get(stratum).add(item.voucherId());
            }
        }
    }

    /** @param items in any order, each voucher once */
    public static Frame of(Collection<FrameItem> items, List<Stratum> strata) {
        return new Frame(
                items.stream()
                        .sorted(Comparator.comparing(FrameItem::voucherId))
                        .toList(),
                strata);
    }

    public int size() {
        return items.size();
    }

    public int sizeOf(Stratum stratum) {
        return strata.get(stratum.stratumId()).size();
    }

    /** How many items no stratum takes: they cannot be drawn. */
    public int inNoStratum() {
        return size() - strata.values().stream().mapToInt(List::size).sum();
    }

    /**
     * Draws from one stratum: those whose SHA-256 over {@code seed|number} come first, as many as the stratum says.
     *
     * @throws IllegalStateException if the stratum holds fewer, which the announcement was refused for
     */
    public List<String> drawn(String seed, Stratum stratum) {
        record Lot(String hash, String voucherId) {}
        if (sizeOf(stratum) < stratum.size()) {
            throw new IllegalStateException(stratum + " holds only " + sizeOf(stratum));
        }
        return strata.get(stratum.stratumId()).stream()
                .map(id -> new Lot(sha256(seed + "|" + id), id))
                .sorted(Comparator.comparing(Lot::hash).thenComparing(Lot::voucherId))
                .limit(stratum.size())
                .map(Lot::voucherId)
                .toList();
    }

    /**
     * A line for each item: its number, its stratum or a dash, its amount in fen, its provider and that one's rating, parted by
     * tabs, and which of the patterns that a stratum asks for it shows, parted by commas.
     */
    public String text() {
        var text = new StringBuilder();
        for (int i = 0; i < items.size(); i++) {
            FrameItem item = items.get(i);
            text.append(item.voucherId())
                    .append('\t')
                    .append(stratumOf.get(i))
                    .append('\t')
                    .append(item.amountFen())
                    .append('\t')
                    .append(item.providerId())
                    .append('\t')
                    .append(Objects.toString(item.ratingHundredths(), ""))
                    .append('\t')
                    .append(item.risks().stream().map(AuditRisk::name).collect(Collectors.joining(",")))
                    .append('\n');
        }
        return text.toString();
    }

    /** Of {@link #text} in UTF-8, in lower-case hexadecimal digits. */
    public String sha256() {
        return sha256(text());
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
