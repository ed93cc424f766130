package org.voucherledger.domain.reference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.axonframework.serialization.Revision;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.domain.audit.AuditCommand;
import org.voucherledger.domain.audit.AuditEvent;
import org.voucherledger.domain.batch.BatchCommand;
import org.voucherledger.domain.batch.BatchEvent;
import org.voucherledger.domain.batch.QueueEvent;
import org.voucherledger.domain.catalogue.CatalogueCommand;
import org.voucherledger.domain.catalogue.CatalogueEvent;
import org.voucherledger.domain.cloud.CloudCommand;
import org.voucherledger.domain.command.AllowedTo;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaEvent;
import org.voucherledger.domain.expert.ExpertCommand;
import org.voucherledger.domain.expert.ExpertEvent;
import org.voucherledger.domain.finding.FindingCommand;
import org.voucherledger.domain.finding.FindingEvent;
import org.voucherledger.domain.holderquota.HolderQuotaEvent;
import org.voucherledger.domain.party.EnterpriseCommand;
import org.voucherledger.domain.party.EnterpriseEvent;
import org.voucherledger.domain.party.ProviderCommand;
import org.voucherledger.domain.party.ProviderEvent;
import org.voucherledger.domain.providerquota.ProviderQuotaCommand;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent;
import org.voucherledger.domain.redemption.ClaimCommand;
import org.voucherledger.domain.redemption.ClaimEvent;
import org.voucherledger.domain.redemption.SettlementEvent;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.scheme.SchemeCommand;
import org.voucherledger.domain.scheme.SchemeEvent;
import org.voucherledger.domain.usedonce.UsedOnceEvent;
import org.voucherledger.domain.voucher.VoucherCommand;
import org.voucherledger.domain.voucher.VoucherEvent;

/**
 * The pages of {@code docs/reference} that are generated from the code: commands, events, refusals. A page that differs from
 * the code fails here; {@code -Dapprove=true} writes it anew.
 */
class ReferenceTest {

    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path PAGES = Path.of("../docs/reference");

    private static final List<Class<?>> COMMANDS = List.of(
            SchemeCommand.class,
            BatchCommand.class,
            CloudCommand.class,
            CatalogueCommand.class,
            EnterpriseCommand.class,
            ProviderCommand.class,
            ProviderQuotaCommand.class,
            VoucherCommand.class,
            ClaimCommand.class,
            FindingCommand.class,
            AuditCommand.class,
            ExpertCommand.class);
    private static final List<Class<?>> EVENTS = List.of(
            SchemeEvent.class,
            BatchEvent.class,
            QueueEvent.class,
            EnterpriseQuotaEvent.class,
            ProviderQuotaEvent.class,
            HolderQuotaEvent.class,
            VoucherEvent.class,
            UsedOnceEvent.class,
            ClaimEvent.class,
            SettlementEvent.class,
            CatalogueEvent.class,
            EnterpriseEvent.class,
            ProviderEvent.class,
            FindingEvent.class,
            AuditEvent.class,
            ExpertEvent.class);

    @Test
    @DisplayName("docs/reference/commands.md says what the code says")
    void commands() {
        agrees("commands.md", page("Commands", COMMANDS, """
                Every command, who may issue it, and its fields. Amounts are whole fen; instants are ISO 8601. Over HTTP each has a
                path of its own (see the OpenAPI page of a running ledger) and an entry in `POST /api/v1/commands`.
                """));
    }

    @Test
    @DisplayName("docs/reference/events.md says what the code says")
    void events() {
        agrees("events.md", page("Events", EVENTS, """
                Every event that is ever stored, by stream. Amounts are whole fen. The metadata of each holds who, in which role, on
                whose behalf, why, when received, under which key and under which scheme version; the first event after a
                decision holds what was decided, as `[rule, fact, allowed, limit, used, asked]` and, if several times alike, how often.
                """));
    }

    @Test
    @DisplayName("docs/reference/refusals.md names every refusal that the code can give")
    void refusals() {
        agrees("refusals.md", refusalsPage());
    }

    // ---- commands and events

    private static String page(String title, List<Class<?>> families, String introduction) {
        var page = new StringBuilder("# " + title + "\n\n" + introduction);
        for (Class<?> family : families) {
            page.append("\n## ").append(family.getSimpleName()).append("\n\n");
            String source = source(family);
            page.append(javadoc(source, family.getSimpleName())).append('\n');
            for (Class<?> member : members(family)) {
                page.append("\n### ").append(member.getSimpleName()).append("\n\n");
                String says = javadoc(source, member.getSimpleName());
                if (!says.isEmpty()) {
                    page.append(says).append("\n\n");
                }
                AllowedTo who = member.getAnnotation(AllowedTo.class);
                if (who != null) {
                    page.append("By ")
                            .append(Arrays.stream(who.value()).map(Enum::name).collect(Collectors.joining(", ")))
                            .append(".\n\n");
                }
                Revision revision = member.getAnnotation(Revision.class);
                if (revision != null) {
                    page.append("Revision ").append(revision.value()).append(".\n\n");
                }
                for (RecordComponent component : member.getRecordComponents()) {
                    page.append("- `")
                            .append(component.getName())
                            .append("`: ")
                            .append(typeName(component.getGenericType()))
                            .append('\n');
                }
            }
        }
        return page.toString();
    }

    /** In the order in which the source declares them: that of the policy, not of the alphabet. */
    private static List<Class<?>> members(Class<?> family) {
        String source = source(family);
        return Arrays.stream(family.getPermittedSubclasses())
                .sorted(Comparator.comparingInt(member -> source.indexOf("record " + member.getSimpleName() + "(")))
                .collect(Collectors.toList());
    }

    private static String typeName(Type type) {
        return type.getTypeName()
                .replaceAll("[a-z][\\w]*\\.", "")
                .replace('$', '.')
                .replace("<", " of ")
                .replace(">", "");
    }

    private static String source(Class<?> type) {
        return read(SOURCES.resolve(type.getName().replace('.', '/') + ".java"));
    }

    /** What stands in the Javadoc right above a declaration, as one paragraph; empty where there is none. */
    private static String javadoc(String source, String name) {
        Matcher declared = Pattern.compile(
                        "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@\\w+(?:\\([^)]*\\))?\\s*)*"
                                + "(?:public\\s+sealed\\s+interface|record)\\s+" + name + "\\b",
                        Pattern.DOTALL)
                .matcher(source);
        if (!declared.find()) {
            return "";
        }
        return declared.group(1)
                .replaceAll("(?m)^\\s*\\*", "")
                .replaceAll("\\{@code ([^}]*)}", "`$1`")
                .replaceAll("\\{@link #?([^}]*)}", "`$1`")
                .replaceAll("(?s)@param.*", "")
                .replaceAll("<p>", "")
                .replaceAll("\\s+", " ")
                .strip();
    }

    // ---- refusals

    private static final Pattern DECIDED = Pattern.compile(
            "\\b(?:Rule\\.)?((?:GZ|CL|CV|SV|ALL)_\\d\\d)\\s*\\.(?:holds|finds|before|notBefore|fits|atMost|isOneOf)\\(\\s*"
                    + "(?:Check\\.)?([A-Z_]+),\\s*\"(\\w+)\"");
    private static final Pattern STATUS = Pattern.compile(
            "(dossier|batch\\.now\\(\\)|pass\\.now\\(\\)|from\\.now\\(\\)|batch)\\.is(?:Service|Consumption)?In\\(\\s*"
                    + "(?:full \\? \\w+ : )?((?:GZ|CL|CV|SV|ALL)_\\d\\d),\\s*(?:\"([^\"]+)\"|asked)");

    private static String refusalsPage() {
        var byRule = new TreeMap<Rule, TreeSet<String>>();
        for (Path file : files()) {
            String source = read(file);
            Matcher decided = DECIDED.matcher(source);
            while (decided.find()) {
                byRule.computeIfAbsent(Rule.valueOf(decided.group(1)), rule -> new TreeSet<>())
                        .add("| `" + decided.group(3) + "` | " + decided.group(2) + " |");
            }
            Matcher status = STATUS.matcher(source);
            while (status.find()) {
                String about = status.group(1).equals("dossier") ? "VoucherStatus" : "BatchPhase";
                byRule.computeIfAbsent(Rule.valueOf(status.group(2)), rule -> new TreeSet<>())
                        .add("| `" + about + "` | STATE |");
            }
        }
        var page = new StringBuilder("# Refusals\n\n"
                + "Every refusal names its rule, the clause, and what it is about, with the limit, what was used and what was asked.\n"
                + "The stage is that of ALL-02; the first stage that fails refuses. HTTP answers 403 at ACTOR, 404 where something is\n"
                + "unknown, 409 at STATE, FREEZE, DEADLINE, CAPS and USED_ONCE, and 422 at the other stages.\n");
        byRule.forEach((rule, abouts) -> page.append("\n## ")
                .append(rule.id())
                .append(" ")
                .append(rule.english())
                .append("\n\n")
                .append(rule.chinese())
                .append(" (")
                .append(rule.clause())
                .append(")\n\n")
                .append("| about | stage |\n|---|---|\n")
                .append(String.join("\n", abouts))
                .append('\n'));
        return page.toString();
    }

    private static List<Path> files() {
        try (var walk = Files.walk(SOURCES)) {
            return walk.filter(path -> path.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- the pages

    private static void agrees(String name, String generated) {
        Path page = PAGES.resolve(name);
        if (Boolean.getBoolean("approve")) {
            write(page, generated);
        }
        var differing = new ArrayList<String>();
        if (!Files.exists(page) || !read(page).equals(generated)) {
            differing.add(name);
        }
        assertThat(differing)
                .as("pages that differ from the code; mvn test -Dtest=ReferenceTest -Dapprove=true writes them anew")
                .isEmpty();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
