package org.voucherledger.api.imports;

import java.util.List;
import org.voucherledger.api.table.Choices;
import org.voucherledger.api.table.Column;
import org.voucherledger.api.table.RowReader;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.party.EnterpriseCommand.BlacklistEnterprise;
import org.voucherledger.domain.party.EnterpriseEvent;
import org.voucherledger.domain.party.EnterpriseState;

/** An entry of the blacklist, or its end (GZ-01). Who is on it need not be registered here. */
record BlacklistRow(long line, BlacklistEnterprise content) implements Wanted {

    private static final Column CODE = Column.needed("enterpriseId", "统一社会信用代码");
    /** For the reader of the list; the ledger goes by the code alone. */
    private static final Column NAME = Column.optional("name", "企业名称", "名称");
    /** Without this column everybody in the file is on the list. */
    private static final Column LISTED = Column.optional("listed", "是否列入");

    private static final Column REASON = Column.needed("reason", "列入原因", "原因");

    static final List<Column> COLUMNS = List.of(CODE, NAME, LISTED, REASON);

    static Wanted read(RowReader row) {
        var code = row.creditCode(CODE);
        row.text(NAME);
        var listed = row.oneOf(LISTED, Choices.YES_OR_NO);
        var reason = row.text(REASON);
        return row.made(
                COLUMNS,
                () -> new BlacklistRow(row.line(), new BlacklistEnterprise(code, listed == null || listed, reason)));
    }

    /** Who was on the list and is not in a complete one. */
    static BlacklistRow cleared(String enterpriseId, String reason) {
        return new BlacklistRow(0, new BlacklistEnterprise(enterpriseId, false, reason));
    }

    @Override
    public String party() {
        return content.enterpriseId();
    }

    @Override
    public String stream() {
        return "enterprise:" + party();
    }

    @Override
    public List<Command> steps(PartyStream now) {
        boolean listed = now.state(EnterpriseState.EMPTY, EnterpriseEvent.class).blacklisted();
        return listed == content.listed() ? List.of() : List.of(content);
    }
}
