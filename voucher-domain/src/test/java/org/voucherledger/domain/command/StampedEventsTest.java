package org.voucherledger.domain.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.scenario.City.Grant.voucher;
import static org.voucherledger.domain.scenario.GuangzhouTerms.SCHEME;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.CityTest;
import org.voucherledger.domain.voucher.VoucherCommand.ReturnVoucher;
import org.voucherledger.domain.voucher.VoucherEvent;

class StampedEventsTest extends CityTest {

    private static final List<String> PERSONAL = List.of(
            "person",
            "idnumber",
            "idcard",
            "phone",
            "mobile",
            "email",
            "birth",
            "gender",
            "wechat",
            "password",
            "bankaccount");

    @Test
    @DisplayName("ALL-04: every event says who, when, in which role, on whose behalf, by which command")
    void everyEventIsStamped() {
        city.at("2020-04-30T16:00").grants(voucher("V1").worth(yuan(10_000)).to("E1"));
        city.at("2020-05-20T09:00").accepts("V1", yuan(8_000)).at("2020-06-02T09:00");
        city.redeemsUpToNotice("C1", yuan(8_000), "V1")
                .at("2020-06-10T00:00")
                .settles("C1", "V1")
                .wasAccepted();
        assertThat(city.ledger().events()).hasSizeGreaterThan(30).allSatisfy(event -> {
            Stamp stamp = Stamp.from(event.getMetaData());
            assertThat(stamp.commandId()).isNotEmpty();
            assertThat(stamp.actor().id()).isNotEmpty();
            boolean forAParty =
                    stamp.actor().role() == Role.ENTERPRISE || stamp.actor().role() == Role.PROVIDER;
            assertThat(stamp.actor().onBehalfOf().isEmpty()).isEqualTo(!forAParty);
        });
    }

    @Test
    @DisplayName("ALL-04: the reason is recorded with the event, and so is the scheme's version with a voucher's")
    void reasonAndVersion() {
        city.at("2020-04-30T16:00").grants(voucher("V1").worth(yuan(10_000)).to("E1"));
        city.at("2020-05-20T09:00")
                .sends(new ReturnVoucher(city.id("V1"), "不再需要"))
                .wasAccepted();
        var returned = city.ledger().events().stream()
                .filter(event -> event.getPayload() instanceof VoucherEvent.VoucherReturned)
                .findFirst()
                .orElseThrow();
        Stamp stamp = Stamp.from(returned.getMetaData());
        assertThat(stamp.reason()).isEqualTo("不再需要");
        assertThat(stamp.receivedAt()).isEqualTo(city.now());
        assertThat(stamp.actor())
                .isEqualTo(new Actor("handler-of-" + Cast.code("E1"), Role.ENTERPRISE, Cast.code("E1")));
        assertThat(city.ledger().events())
                .filteredOn(event -> event.getPayload() instanceof VoucherEvent)
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.getMetaData().get(Stamp.SCHEME_VERSION))
                        .isEqualTo(SCHEME + "@1"));
    }

    private static boolean isPersonal(String component) {
        return PERSONAL.stream().anyMatch(component.toLowerCase(Locale.ROOT)::contains);
    }

    @Test
    @DisplayName("ALL-05: no component of any event, however deep, is made for personal data")
    void nothingPersonal() {
        assertThat(isPersonal("handlerPhone")).as("the check can fail").isTrue();
        Set<Class<?>> seen = new HashSet<>();
        Deque<Class<?>> left = new ArrayDeque<>(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("org.voucherledger.domain")
                        .stream()
                        .filter(c -> c.isAssignableTo(DomainEvent.class) && !c.isInterface())
                        .<Class<?>>map(JavaClass::reflect)
                        .toList());
        while (!left.isEmpty()) {
            Class<?> type = left.pop();
            if (seen.add(type)) {
                for (RecordComponent component : type.getRecordComponents()) {
                    // A legal person is an enterprise.
                    boolean legal = component.getName().startsWith("legalPerson");
                    assertThat(!legal && isPersonal(component.getName()))
                            .as("%s of %s", component, type)
                            .isFalse();
                    recordsIn(component).forEach(left::push);
                }
            }
        }
        assertThat(seen).hasSizeGreaterThan(80);
    }

    private static Stream<Class<?>> recordsIn(RecordComponent component) {
        Stream<Class<?>> inside = component.getGenericType() instanceof ParameterizedType generic
                ? Arrays.stream(generic.getActualTypeArguments())
                        .filter(Class.class::isInstance)
                        .<Class<?>>map(type -> (Class<?>) type)
                : Stream.empty();
        return Stream.concat(Stream.<Class<?>>of(component.getType()), inside).filter(Class::isRecord);
    }
}
