package org.voucherledger.projections.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.voucherledger.domain.scenario.City.Grant.voucher;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.domain.catalogue.CatalogueChange;
import org.voucherledger.domain.catalogue.CatalogueCommand.ApproveCatalogueChange;
import org.voucherledger.domain.catalogue.CatalogueCommand.DenyCatalogueChange;
import org.voucherledger.domain.catalogue.CatalogueCommand.ListProduct;
import org.voucherledger.domain.catalogue.CatalogueCommand.RequestCatalogueChange;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.party.ProviderCommand.PublishProduct;
import org.voucherledger.domain.party.ProviderCommand.WithdrawProduct;
import org.voucherledger.domain.party.ServiceType;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.Papers;
import org.voucherledger.domain.voucher.VoucherCommand.OrderVoucher;
import org.voucherledger.projections.fixture.TestViews;

/** CL-07, GZ-07: what the catalogues say and what providers offer, with every version. */
class CatalogueViewTest {

    private static final String P1 = Cast.code("P1");
    private static final String P2 = Cast.code("P2");

    private static TestViews views() {
        return new TestViews(new CatalogueProjection()).start();
    }

    private static int tell(TestViews views, City city, int told) {
        var events = city.ledger().events();
        views.log().append(events.subList(told, events.size()));
        views.settle();
        return events.size();
    }

    private static void done(City city, Command... commands) {
        for (Command command : commands) {
            city.sends(command).wasAccepted();
        }
    }

    private static RequestCatalogueChange request(String product, String id, CatalogueChange change, String value) {
        return new RequestCatalogueChange(
                P1, product, id, 2021, change, value, "情况说明", List.of(Papers.document("PROOF")));
    }

    private static List<String> said(Catalogue catalogue, int year, Boolean listed) {
        return catalogue.listings(new Catalogue.AskedListings(year, null, null, listed), "", 10).stream()
                .map(each -> each.productId() + " " + each.name() + " v" + each.version() + " " + each.listed() + " "
                        + each.openRequests())
                .toList();
    }

    @Test
    @DisplayName("CL-07: the catalogue of a year says what its last version up to it says; requests wait until decided")
    void catalogues() {
        try (var city = new City();
                var views = views()) {
            var catalogue = new Catalogue(views.dataSource());
            city.provider("P1");
            city.provider("P2");
            done(
                    city,
                    new ListProduct(P1, "ERP", 2020, "云系统", "A1", "", ""),
                    new ListProduct(P1, "MES", 2021, "云制造", "B2", "某代理", "某平台"),
                    new ListProduct(P2, "CRM", 2020, "云客户", "A1", "", ""),
                    request("ERP", "R1", CatalogueChange.NAME, "云系统二代"),
                    request("MES", "R2", CatalogueChange.DELISTING, ""),
                    request("MES", "R3", CatalogueChange.AGENT, ""));
            int told = tell(views, city, 0);

            assertThat(said(catalogue, 2019, null)).isEmpty();
            assertThat(said(catalogue, 2020, null)).containsExactly("ERP 云系统 v1 true 1", "CRM 云客户 v1 true 0");
            assertThat(said(catalogue, 2021, true))
                    .containsExactly("ERP 云系统 v1 true 1", "MES 云制造 v1 true 2", "CRM 云客户 v1 true 0");
            assertThat(catalogue.requests(true, null, null, -1, 10))
                    .extracting(ChangeRequest::requestId)
                    .containsExactly("R1", "R2", "R3");

            done(
                    city,
                    new ApproveCatalogueChange(P1, "ERP", "R1", "属实"),
                    new ApproveCatalogueChange(P1, "MES", "R2", "同意"),
                    new DenyCatalogueChange(P1, "MES", "R3", "已下架"),
                    // Once decided, its identifier may be given to another one.
                    request("ERP", "R1", CatalogueChange.PARTNER, "某平台"));
            tell(views, city, told);

            assertThat(said(catalogue, 2020, null)).containsExactly("ERP 云系统 v1 true 1", "CRM 云客户 v1 true 0");
            assertThat(said(catalogue, 2021, null))
                    .containsExactly("ERP 云系统二代 v2 true 1", "MES 云制造 v2 false 0", "CRM 云客户 v1 true 0");
            assertThat(said(catalogue, 2021, false)).containsExactly("MES 云制造 v2 false 0");
            assertThat(catalogue.versions(P1, "ERP"))
                    .extracting(Listing::version, Listing::year, Listing::name)
                    .containsExactly(tuple(1, 2020, "云系统"), tuple(2, 2021, "云系统二代"));
            assertThat(catalogue.versions(P2, "ERP")).isEmpty();

            List<ChangeRequest> ofErp = catalogue.requests(null, P1, "ERP", -1, 10);
            assertThat(ofErp).extracting(ChangeRequest::outcome).containsExactly(RequestOutcome.APPROVED, null);
            ChangeRequest approved = ofErp.getFirst();
            assertThat(approved.version()).isEqualTo(2);
            assertThat(approved.decisionReason()).isEqualTo("属实");
            assertThat(approved.decidedAt()).isEqualTo(city.now());
            assertThat(approved.evidence()).containsExactly(Papers.document("PROOF"));
            assertThat(catalogue.requests(false, P1, "MES", -1, 10))
                    .extracting(ChangeRequest::outcome)
                    .containsExactly(RequestOutcome.APPROVED, RequestOutcome.DENIED);
            assertThat(catalogue.requests(null, null, null, approved.position(), 1))
                    .as("the page behind the first")
                    .extracting(ChangeRequest::requestId)
                    .containsExactly("R2");

            var ofClass = new Catalogue.AskedListings(2021, "A1", null, null);
            List<Listing> first = catalogue.listings(ofClass, "", 1);
            assertThat(first).extracting(Listing::key).containsExactly(P1 + ":ERP");
            assertThat(catalogue.listings(ofClass, first.getFirst().key(), 10))
                    .extracting(Listing::key)
                    .containsExactly(P2 + ":CRM");
        }
    }

    @Test
    @DisplayName("GZ-07: every version of a product stays to be read; an order keeps the version it was made with")
    void products() {
        try (var city = new City();
                var views = views()) {
            var catalogue = new Catalogue(views.dataSource());
            city.grants(voucher("V1").worth(100_000).to("E1"));
            city.provider("P1");
            done(
                    city,
                    Cast.product(P1, "T", "旧产品", ServiceType.TRAINING),
                    new PublishProduct(P1, "T", 1),
                    new OrderVoucher(city.id("V1"), P1, "T", 1, true),
                    Cast.product(P1, "T", "新产品", ServiceType.TRAINING));
            int told = tell(views, city, 0);
            var offered = new Catalogue.AskedOffers(P1, ServiceType.TRAINING, "广州市", true);
            assertThat(catalogue.offers(offered, "", 10))
                    .as("a version that is only proposed replaces nothing")
                    .filteredOn(each -> each.productId().equals("T"))
                    .extracting(Offer::name)
                    .containsExactly("旧产品");

            done(city, new PublishProduct(P1, "T", 2));
            told = tell(views, city, told);

            int ordered = city.voucher("V1").state().order().productVersion();
            Offer kept = catalogue.offers(P1, "T").get(ordered - 1);
            assertThat(kept.version()).isEqualTo(1);
            assertThat(kept.name()).isEqualTo("旧产品");
            assertThat(kept.description()).isEqualTo(Cast.describing("服务概述"));
            assertThat(kept.documents()).isEqualTo(Papers.forAProduct());
            assertThat(kept.orderable()).isFalse();
            assertThat(kept.endedAt()).isEqualTo(city.now());
            assertThat(catalogue.offers(P1, "T").getLast().orderable()).isTrue();
            assertThat(catalogue.offers(P1, "T").getLast().publishedBy()).isNotEmpty();

            done(city, new WithdrawProduct(P1, "T", "停售"));
            told = tell(views, city, told);
            assertThat(catalogue.offers(P1, "T")).noneMatch(Offer::orderable);
            done(city, new PublishProduct(P1, "T", 2));
            tell(views, city, told);
            assertThat(catalogue.offers(P1, "T").getLast().orderable())
                    .as("published again")
                    .isTrue();
            assertThat(catalogue.offers(new Catalogue.AskedOffers(P1, null, "深圳市", null), "", 10))
                    .isEmpty();
            assertThat(catalogue.offers(P1, "NONE")).isEmpty();
        }
    }
}
