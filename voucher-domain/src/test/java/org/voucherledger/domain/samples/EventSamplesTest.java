package org.voucherledger.domain.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherFrozen;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every stored event looks as it was approved to look, byte by byte: what is written today is read for decades. A change of
 * an event needs a new sample ({@code -Dapprove=true} writes it), a new revision, and an upcaster for what is stored.
 */
class EventSamplesTest {

    private static final Path APPROVED = Path.of("src/test/resources/event-samples");

    /** The components of a record in their order, as the log has them; indented here for whoever approves. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .changeDefaultVisibility(visible -> visible.withVisibility(PropertyAccessor.GETTER, Visibility.NONE)
                    .withVisibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
                    .withVisibility(PropertyAccessor.FIELD, Visibility.ANY))
            .build();

    static Stream<Class<? extends DomainEvent>> events() {
        return new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("org.voucherledger.domain")
                        .stream()
                        .filter(c -> c.isAssignableTo(DomainEvent.class) && !c.isInterface())
                        .<Class<? extends DomainEvent>>map(c -> c.reflect().asSubclass(DomainEvent.class))
                        .sorted(Comparator.comparing(Class::getSimpleName));
    }

    private static String written(DomainEvent event) {
        return JSON.writeValueAsString(event).replace("\r\n", "\n") + "\n";
    }

    @DisplayName("ALL-04: a stored event looks as approved, and is read back as it was")
    @ParameterizedTest(name = "{0}")
    @MethodSource("events")
    void looksAsApproved(Class<? extends DomainEvent> type) throws IOException {
        DomainEvent sample = Samples.of(type);
        Path file = APPROVED.resolve(type.getSimpleName() + ".json");
        if (Boolean.getBoolean("approve")) {
            Files.createDirectories(APPROVED);
            Files.writeString(file, written(sample));
        }
        assertThat(file).as("no approved sample; -Dapprove=true writes it").exists();
        assertThat(Files.readString(file))
                .as("-Dapprove=true approves the change")
                .isEqualTo(written(sample));
        assertThat(JSON.readValue(Files.readString(file), type)).isEqualTo(sample);
    }

    @Test
    @DisplayName("ALL-04: no sample without its event, no two events of one name")
    void noOrphans() throws IOException {
        List<String> expected =
                events().map(type -> type.getSimpleName() + ".json").toList();
        assertThat(expected).doesNotHaveDuplicates().hasSizeGreaterThan(60);
        try (var files = Files.list(APPROVED)) {
            assertThat(new TreeSet<>(files.map(f -> f.getFileName().toString()).toList()))
                    .isEqualTo(new TreeSet<>(expected));
        }
    }

    @Test
    @DisplayName("ALL-04: the check can fail: another value, a lost component and a renamed one are each noticed")
    void canFail() throws IOException {
        String approved = Files.readString(APPROVED.resolve("VoucherFrozen.json"));
        VoucherFrozen sample = Samples.of(VoucherFrozen.class);
        assertThat(written(new VoucherFrozen(sample.voucherId(), sample.batchId(), "另一个理由")))
                .isNotEqualTo(approved);
        String lost = approved.replaceAll(",\\s*\"reason\" : \"[^\"]*\"", "");
        assertThat(lost).isNotEqualTo(approved);
        assertThat(JSON.readValue(lost, VoucherFrozen.class)).isNotEqualTo(sample);
        assertThatThrownBy(() -> JSON.readValue(approved.replace("\"reason\"", "\"why\""), VoucherFrozen.class))
                .isInstanceOf(JacksonException.class);
    }
}
