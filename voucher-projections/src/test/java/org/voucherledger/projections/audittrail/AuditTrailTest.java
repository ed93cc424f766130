package org.voucherledger.projections.audittrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.projections.fixture.RandomCity;
import org.voucherledger.projections.fixture.TestViews;
import org.voucherledger.projections.projection.Slice;

/** ALL-04: who did what, when, on whose behalf, why, under which version. */
class AuditTrailTest {

    @Test
    @DisplayName("Each entry says who, in which role, for whom, why, by which command and under which version")
    void each_entry_is_complete() {
        try (var city = new RandomCity(52).lives(100);
                var views = new TestViews(new AuditTrailProjection(TestViews.serializer()))) {
            views.log().append(city.events());
            views.start().settle();
            var entries = new AuditTrail(views.dataSource(), TestViews.serializer()).all(-1, 100_000);

            assertThat(entries).hasSameSizeAs(city.events());
            for (int i = 0; i < entries.size(); i++) {
                var meta = city.events().get(i).getMetaData();
                var entry = entries.get(i);
                assertThat(List.of(
                                entry.actor(),
                                entry.role(),
                                entry.onBehalfOf(),
                                entry.reason(),
                                entry.commandId(),
                                entry.at().toString()))
                        .containsExactly(
                                (String) meta.get(Stamp.ACTOR),
                                (String) meta.get(Stamp.ROLE),
                                (String) meta.get(Stamp.ON_BEHALF_OF),
                                (String) meta.get(Stamp.REASON),
                                (String) meta.get(Stamp.COMMAND_ID),
                                (String) meta.get(Stamp.RECEIVED_AT));
                assertThat(entry.schemeVersion()).isEqualTo(meta.getOrDefault(Stamp.SCHEME_VERSION, ""));
                assertThat(entry.sequence()).isNotNegative();
            }
        }
    }

    @Test
    @DisplayName("A subject's trail holds what names it, and what happens to a voucher of it")
    void a_subjects_trail() {
        try (var city = new RandomCity(53).lives(200);
                var views = new TestViews(new AuditTrailProjection(TestViews.serializer()))) {
            views.log().append(city.events());
            views.start().settle();
            var trail = new AuditTrail(views.dataSource(), TestViews.serializer());

            var scheme = trail.of(Subject.parse("scheme:GZ-2020").orElseThrow(), -1, 10_000);
            var batch = trail.of(new Subject(SubjectKind.BATCH, "B1"), -1, 10_000);

            for (int e = 1; e <= 14; e++) {
                var theirs = trail.of(new Subject(SubjectKind.ENTERPRISE, Cast.code("E" + e)), -1, 10_000);
                assertThat(theirs).extracting(AuditEntry::type).contains("EnterpriseRegistered", "ApplicationQueued");
                String code = Cast.code("E" + e);
                assertThat(theirs)
                        .extracting(AuditEntry::position)
                        .containsAll(trail.all(-1, 100_000).stream()
                                .filter(entry -> entry.streamId().startsWith("voucher:")
                                        && city.city()
                                                .state(entry.streamId().substring(8))
                                                .issue()
                                                .enterpriseId()
                                                .equals(code))
                                .map(AuditEntry::position)
                                .toList());
            }
            assertThat(trail.of(new Subject(SubjectKind.PROVIDER, Cast.code("P1")), -1, 10_000))
                    .extracting(AuditEntry::type)
                    .contains("ProviderRegistered", "VoucherOrdered", "ProviderQuotaReserved", "VoucherRevoked");
            assertThat(scheme).extracting(AuditEntry::type).contains("SchemePublished", "FundAllocated", "BatchOpened");
            assertThat(batch).extracting(AuditEntry::type).contains("BatchOpened", "GrantPublished", "VoucherIssued");
            assertThat(batch).extracting(AuditEntry::position).isSorted();
        }
    }

    @Test
    @DisplayName(
            "GZ-45: a document is handed to the parties of the voucher, and of a claim to those that it names; else to nobody")
    void documents_are_handed() {
        try (var city = new RandomCity(54).lives(200);
                var views = new TestViews(new AuditTrailProjection(TestViews.serializer()))) {
            views.log().append(city.events());
            views.start().settle();
            var sql = JdbcClient.create(views.dataSource());

            List<String> expected = sql.sql("""
                            select distinct c.kind || ' ' || c.id || ' ' || (h #>> '{}')
                            from view.audit_event e join view.audit_concern c using (position),
                                 jsonb_path_query(e.payload, '$.**.sha256') h
                            where c.kind in ('ENTERPRISE', 'PROVIDER', 'HOLDER')
                              and (e.stream_id like 'voucher:%'
                                   or e.stream_id like 'claim:%' and c.id in (e.payload ->> 'providerId', e.payload ->> 'enterpriseId'))
                            """).query(String.class).list();
            assertThat(sql.sql("select kind || ' ' || party || ' ' || sha256 from view.handed_document")
                            .query(String.class)
                            .list())
                    .containsExactlyInAnyOrderElementsOf(expected)
                    .anyMatch(handed -> handed.startsWith("ENTERPRISE"))
                    .anyMatch(handed -> handed.startsWith("PROVIDER"));
        }
    }

    @Test
    @DisplayName("Page by page, everything is read once, and the last page has no next")
    void page_by_page() throws Exception {
        try (var city = new RandomCity(54).lives(50);
                var views = new TestViews(new AuditTrailProjection(TestViews.serializer()))) {
            views.log().append(city.events());
            views.start().settle();
            var trail = new AuditTrail(views.dataSource(), TestViews.serializer());
            var seen = new ArrayList<Long>();
            long after = -1;
            Slice<AuditEntry> page;
            do {
                long from = after;
                page = views.views()
                        .slice(
                                (long) city.events().size(),
                                7,
                                limit -> trail.all(from, limit),
                                entry -> String.valueOf(entry.position()),
                                AuditTrailProjection.NAME);
                assertThat(page.items()).hasSizeLessThanOrEqualTo(7);
                assertThat(page.position()).isEqualTo(city.events().size());
                page.items().forEach(entry -> seen.add(entry.position()));
                after = seen.getLast();
            } while (page.next() != null);

            assertThat(seen).hasSameSizeAs(city.events()).isSorted();
            assertThat(new HashSet<>(seen)).hasSameSizeAs(seen);
        }
    }
}
