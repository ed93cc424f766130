package org.voucherledger.api.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataAccessResourceFailureException;

class FaultTest {

    @ParameterizedTest(name = "{0} ({2}): {1}")
    @CsvSource({
        "08006, UNREACHABLE, the connection broke",
        "40P01, UNREACHABLE, a deadlock",
        "53300, UNREACHABLE, too many connections",
        "57014, OWN,         a statement was cancelled",
        "57P01, UNREACHABLE, the server is being stopped",
        "57P02, UNREACHABLE, the server crashed",
        "57P03, UNREACHABLE, the server is starting",
        "25P03, UNREACHABLE, silent in a transaction for too long",
        "25006, UNREACHABLE, a database that only reads",
        "25P04, OWN,         the transaction took too long",
        "23505, CONFLICT,    somebody else was first",
        "22001, OWN,         a value that does not fit"
    })
    @DisplayName("what the database says decides whether it is asked again, and whether a command is run alone")
    void bySqlState(String state, Fault fault, String said) {
        var thrown = new DataAccessResourceFailureException("a group", new SQLException(said, state));

        assertThat(Fault.of(thrown)).isEqualTo(fault);
    }
}
