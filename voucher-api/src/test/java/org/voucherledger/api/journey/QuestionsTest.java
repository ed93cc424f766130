package org.voucherledger.api.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.voucherledger.api.journey.Rehearsal.Reply;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Role;

/** What is asked wrongly is told so, and is no fault of the ledger. */
class QuestionsTest {

    private static final Actor AUDITOR = Rehearsal.staff(Role.AUDITOR);

    private static final Set<Role> STAFF =
            EnumSet.of(Role.OPERATOR, Role.EXPERT, Role.BUREAU, Role.SYSTEM, Role.AUDITOR);

    @TempDir
    private static Path data;

    private static Rehearsal ledger;

    @BeforeAll
    static void start() {
        ledger = new Rehearsal(data, "2020-03-30T01:00:00Z");
    }

    @AfterAll
    static void stop() {
        ledger.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"/books?scheme=GZ-2199, SchemeUnknown", "/books?batch=B9, BatchUnknown"})
    @DisplayName("ALL-03: books that nobody keeps are not found, and neither balanced nor unbalanced")
    void books(String question, String about) {
        Reply reply = ledger.ask(AUDITOR, question);

        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(404);
        assertThat(reply.body().path("about").asString()).isEqualTo(about);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    @DisplayName("ALL-03: only those who work for the scheme or audit it have the books verified")
    void verification(Role role) {
        boolean party = role == Role.ENTERPRISE || role == Role.PROVIDER;
        Actor who = party ? Rehearsal.party(role, "91440101MA5A00001H") : Rehearsal.staff(role);

        Reply reply = ledger.post(who, "/books/verification");

        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(STAFF.contains(role) ? 200 : 403);
    }
}
