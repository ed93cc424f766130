package org.voucherledger.projections.sealedlog;

import java.time.Instant;

/**
 * An upload that a rule refused (GZ-45, ALL-05): who brought what, and which rule said no with its figures.
 *
 * @param id its number among the refused uploads
 * @param receivedAt to the microsecond
 * @param declared what the sender said it is, or {@code null} where that was left open
 * @param sha256 of what was brought, or {@code null}, like {@code sizeBytes}, where it was not read to its end
 */
public record UploadRefusalLeaf(
        long id,
        String actor,
        String role,
        String onBehalfOf,
        Instant receivedAt,
        String declared,
        String sha256,
        Long sizeBytes,
        String rule,
        String about,
        String stage,
        String limit,
        String used)
        implements Leaf {

    static final String KIND = "upload-refusal";

    @Override
    public byte[] line() {
        return new LeafWriter(KIND)
                .number("id", id)
                .text("actor", actor)
                .text("role", role)
                .text("onBehalfOf", onBehalfOf)
                .moment("receivedAt", receivedAt)
                .optionalText("declared", declared)
                .optionalText("sha256", sha256)
                .optionalNumber("sizeBytes", sizeBytes)
                .text("rule", rule)
                .text("about", about)
                .text("stage", stage)
                .text("limit", limit)
                .text("used", used)
                .line();
    }

    static UploadRefusalLeaf read(LeafReader reader) {
        return new UploadRefusalLeaf(
                reader.number("id"),
                reader.text("actor"),
                reader.text("role"),
                reader.text("onBehalfOf"),
                reader.moment("receivedAt"),
                reader.optionalText("declared"),
                reader.optionalText("sha256"),
                reader.optionalNumber("sizeBytes"),
                reader.text("rule"),
                reader.text("about"),
                reader.text("stage"),
                reader.text("limit"),
                reader.text("used"));
    }
}
