package org.voucherledger.domain.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.rule.Rule.ALL_04;
import static org.voucherledger.domain.rule.Rule.CL_07;
import static org.voucherledger.domain.rule.Rule.GZ_04;
import static org.voucherledger.domain.rule.Rule.GZ_32;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;
import static org.voucherledger.domain.scenario.Province.GUANGZHOU;
import static org.voucherledger.domain.scenario.Province.PRODUCT;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.domain.catalogue.CatalogueChange;
import org.voucherledger.domain.catalogue.CatalogueCommand.ApproveCatalogueChange;
import org.voucherledger.domain.catalogue.CatalogueCommand.DenyCatalogueChange;
import org.voucherledger.domain.catalogue.CatalogueCommand.ListProduct;
import org.voucherledger.domain.catalogue.CatalogueCommand.RequestCatalogueChange;
import org.voucherledger.domain.catalogue.CatalogueState;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.party.ProviderCommand.FreezeProvider;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.Papers;
import org.voucherledger.domain.scenario.Province;

class CatalogueTest {

    private static final String P1 = Cast.code("P1");
    private Province province;

    @BeforeEach
    void open() {
        province = new Province();
        province.opens("GZ", GUANGZHOU, yuan(100_000)).wasAccepted();
        province.provider("P1"); // with its product listed for 2019
    }

    @AfterEach
    void close() {
        province.close();
    }

    private CatalogueState entry() {
        return province.city().ledger().look(l -> l.catalogueEntry(P1, PRODUCT).now());
    }

    private static RequestCatalogueChange request(String id, int year, CatalogueChange change, String value) {
        return new RequestCatalogueChange(
                P1, PRODUCT, id, year, change, value, "情况说明", List.of(Papers.document("PROOF")));
    }

    private static ApproveCatalogueChange approve(String id) {
        return new ApproveCatalogueChange(P1, PRODUCT, id, "属实");
    }

    private static ListProduct list(int year) {
        return new ListProduct(P1, PRODUCT, year, "云上管理系统", "A1", "", "");
    }

    @Test
    @DisplayName("CL-07: a listed product carries over to the years after, and to none before")
    void carriesOver() {
        assertThat(entry().isListedIn(2018)).isFalse();
        assertThat(entry().isListedIn(2019)).isTrue();
        assertThat(entry().isListedIn(2020)).isTrue();
        province.sends(list(2020)).wasRefusedBy(CL_07).about("ListedAlready");
        province.sends(list(2018)).wasRefusedBy(CL_07).about("ChangedForALaterYear");
        province.sends(new ListProduct(Cast.code("P9"), PRODUCT, 2020, "某产品", "B1", "", ""))
                .wasRefusedBy(GZ_04);
    }

    @Test
    @DisplayName("CL-07: a change is asked for with evidence and stands from its year on once it is decided")
    void changes() {
        province.sends(request("R1", 2020, CatalogueChange.NAME, "云上管理系统二代")).wasAccepted();
        assertThat(entry().in(2020).name()).isEqualTo("云上管理系统");
        province.sends(approve("R1")).wasAccepted();
        assertThat(entry().in(2019).name()).isEqualTo("云上管理系统");
        assertThat(entry().in(2020).name()).isEqualTo("云上管理系统二代");
        assertThat(entry().in(2021).version()).isEqualTo(2);
        province.sends(request("R2", 2020, CatalogueChange.AGENT, "某代理")).wasAccepted();
        province.sends(request("R3", 2020, CatalogueChange.PARTNER, "某平台")).wasAccepted();
        province.sends(approve("R3")).wasAccepted();
        province.sends(approve("R2")).wasAccepted();
        assertThat(entry().in(2020)).isEqualTo(new CatalogueState.Listing(4, true, "云上管理系统二代", "A1", "某代理", "某平台"));
        province.reserves("E1", "GZ", 1_000);
        assertThat(province.state("GZ-A1-V1").order().productVersion()).isEqualTo(4);
    }

    @Test
    @DisplayName("CL-07: delisted from its year on; the application's catalogue decides")
    void delisted() {
        province.sends(request("R1", 2021, CatalogueChange.DELISTING, null)).wasAccepted();
        province.sends(approve("R1")).wasAccepted();
        assertThat(entry().isListedIn(2021)).isFalse();
        province.applies("E1", "GZ", 1_000).wasAccepted();
        province.sends(request("R2", 2020, CatalogueChange.DELISTING, null))
                .wasRefusedBy(CL_07)
                .about("ChangedForALaterYear");
        province.sends(request("R2", 2021, CatalogueChange.NAME, "新名"))
                .wasRefusedBy(CL_07)
                .about("NotListed");
        province.sends(list(2021)).wasAccepted();
        assertThat(entry().isListedIn(2021)).isTrue();
    }

    @Test
    @DisplayName("CL-07: delisted for the catalogue's own year, it is applied for no more")
    void delistedNow() {
        province.sends(request("R1", 2020, CatalogueChange.DELISTING, null)).wasAccepted();
        province.applies("E1", "GZ", 1_000).wasAccepted();
        province.sends(approve("R1")).wasAccepted();
        province.applies("E1", "GZ", 1_000).wasRefusedBy(CL_07).about("NotOnTheCatalogue");
    }

    @Test
    @DisplayName("CL-07: a request is decided once, by somebody who may, and a denial changes nothing")
    void decided() {
        province.sends(request("R1", 2020, CatalogueChange.NAME, "新名")).wasAccepted();
        province.sends(request("R1", 2020, CatalogueChange.NAME, "新名"))
                .wasRefusedBy(CL_07)
                .about("RequestExists");
        province.sends(request("R9", 2020, CatalogueChange.DELISTING, "x"))
                .wasRefusedBy(CL_07)
                .about("ValueDoesNotFit");
        province.sends(request("R9", 2020, CatalogueChange.AGENT, "")).wasAccepted();
        province.sends(new DenyCatalogueChange(P1, PRODUCT, "R1", "证明不足")).wasAccepted();
        province.sends(approve("R1")).wasRefusedBy(CL_07).about("RequestUnknown");
        province.sends(new DenyCatalogueChange(P1, PRODUCT, "R1", "证明不足")).wasRefusedBy(CL_07);
        assertThat(entry().version()).isEqualTo(1);
        province.sends(request("R1", 2020, CatalogueChange.NAME, ""))
                .wasRefusedBy(CL_07)
                .about("ValueDoesNotFit");
        province.city()
                .sends(request("R2", 2020, CatalogueChange.NAME, "新名"), City.party(Role.PROVIDER, Cast.code("P2")))
                .wasRefusedBy(ALL_04);
        province.sends(request("R3", 2020, CatalogueChange.DELISTING, null)).wasAccepted();
        province.sends(request("R4", 2020, CatalogueChange.NAME, "新名")).wasAccepted();
        province.sends(approve("R3")).wasAccepted();
        province.sends(approve("R4")).wasRefusedBy(CL_07).about("NotListed");
        province.sends(new DenyCatalogueChange(P1, PRODUCT, "R4", "已下架")).wasAccepted();
        province.sends(new FreezeProvider(P1, "疑点")).wasAccepted();
        province.sends(list(2020)).wasAccepted();
        province.sends(request("R5", 2020, CatalogueChange.NAME, "新名")).wasRefusedBy(GZ_32);
    }

    @Test
    @DisplayName("CL-07: of each change one request is open at a time; decided, it may be asked for again")
    void oneOpenRequestForAChange() {
        for (CatalogueChange change : CatalogueChange.values()) {
            String value = change == CatalogueChange.DELISTING ? null : "某";
            province.sends(request("first-" + change, 2020, change, value)).wasAccepted();
            province.sends(request("second-" + change, 2020, change, value))
                    .wasRefusedBy(CL_07)
                    .about("ChangeAskedAlready");
            assertThat(province.city().lastOutcome().refusal().used()).isEqualTo("first-" + change);
        }
        assertThat(entry().requests()).hasSize(CatalogueChange.values().length);
        province.sends(new DenyCatalogueChange(P1, PRODUCT, "first-NAME", "证明不足"))
                .wasAccepted();
        province.sends(request("second-NAME", 2020, CatalogueChange.NAME, "新名")).wasAccepted();
        province.sends(approve("second-NAME")).wasAccepted();
        province.sends(request("third-NAME", 2020, CatalogueChange.NAME, "又名")).wasAccepted();
    }
}
