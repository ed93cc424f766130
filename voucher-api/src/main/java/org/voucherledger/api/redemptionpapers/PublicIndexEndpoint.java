package org.voucherledger.api.redemptionpapers;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriUtils;
import org.voucherledger.api.query.Page;
import org.voucherledger.projections.audittrail.AuditTrailProjection;
import org.voucherledger.projections.projection.Slice;
import org.voucherledger.projections.projection.Views;

/** GZ-42: which lists there are, for everybody, without a token; the latest first. */
@RestController
@Tag(name = "Public notice")
@SecurityRequirements
class PublicIndexEndpoint {

    static final String PATH = "/public/claims";

    private final Views views;
    private final ClaimBook book;

    PublicIndexEndpoint(Views views, ClaimBook book) {
        this.views = views;
        this.book = book;
    }

    /**
     * A list that was published.
     *
     * @param anew whether it is of an item that is published again because its amount was raised
     * @param items how many lines it has
     * @param sha256 of its file, as it stands in the ledger
     * @param page where it is shown
     * @param file where its file lies
     */
    record Entry(
            String claimId,
            boolean anew,
            String providerName,
            int items,
            Instant publishedAt,
            Instant noticeEndsAt,
            String sha256,
            String page,
            String file,
            long position) {

        static Entry of(PublishedList list) {
            String page = PATH + "/" + UriUtils.encodePathSegment(list.claimId(), StandardCharsets.UTF_8);
            return new Entry(
                    list.claimId(),
                    list.anew(),
                    list.providerName(),
                    list.items().size(),
                    list.publishedAt(),
                    list.noticeEndsAt(),
                    list.sha256(),
                    page,
                    page + "/" + list.fileName(),
                    list.position());
        }
    }

    /** @param next the cursor of the following page, or {@code null} */
    record Index(List<Entry> items, String next, long position, Instant asOf) {}

    @Operation(
            operationId = "PublicIndexPage",
            summary = "Every published list, the latest first, as a page in Chinese (GZ-42)")
    @GetMapping(value = PATH, produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<byte[]> page(@ParameterObject Page page) throws TimeoutException {
        Slice<PublishedList> lists = lists(page);
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                .body(PublicListPage.index(lists.items(), lists.next(), lists.position(), lists.asOf())
                        .getBytes(StandardCharsets.UTF_8));
    }

    @Operation(operationId = "PublicIndex", summary = "Every published list, the latest first, as data (GZ-42)")
    @GetMapping(PATH + ".json")
    Index index(@ParameterObject Page page) throws TimeoutException {
        Slice<PublishedList> lists = lists(page);
        return new Index(lists.items().stream().map(Entry::of).toList(), lists.next(), lists.position(), lists.asOf());
    }

    private Slice<PublishedList> lists(Page page) throws TimeoutException {
        long before = page.beforePosition();
        return views.slice(
                page.atLeast(),
                page.limit(),
                limit -> book.published(before, limit),
                list -> String.valueOf(list.position()),
                AuditTrailProjection.NAME);
    }
}
