package org.voucherledger.api.imports;

import java.util.List;
import org.voucherledger.api.table.Choices;
import org.voucherledger.api.table.Column;
import org.voucherledger.api.table.RowReader;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.party.ProviderCommand.RecogniseProvider;
import org.voucherledger.domain.party.ProviderEvent;
import org.voucherledger.domain.party.ProviderEvent.ProviderRecognised;
import org.voucherledger.domain.party.ProviderState;

/** An entry of the recognition list (GZ-04). */
record RecognitionRow(long line, RecogniseProvider content) implements Wanted {

    private static final Column CODE = Column.needed("providerId", "统一社会信用代码");
    private static final Column NAME = Column.needed("name", "服务机构名称", "机构名称", "名称");
    private static final Column LEVEL = Column.needed("level", "认定级别", "级别");
    private static final Column CITY = Column.needed("city", "所在市", "城市");
    private static final Column SERVICES = Column.optional("serviceTypes", "服务类型", "认定服务类型");
    /** Of a merchant (CV-01), which need not be recognised for a service. */
    private static final Column CATEGORIES = Column.optional("merchantCategories", "商户类别");

    private static final Column SUPPLIER = Column.optional("supplierClass", "供应商类别");
    private static final Column FROM = Column.needed("validFrom", "有效期起", "认定有效期起");
    private static final Column TO = Column.needed("validTo", "有效期止", "认定有效期止");

    static final List<Column> COLUMNS = List.of(CODE, NAME, LEVEL, CITY, SERVICES, CATEGORIES, SUPPLIER, FROM, TO);

    static Wanted read(RowReader row) {
        var code = row.creditCode(CODE);
        var name = row.text(NAME);
        var level = row.oneOf(LEVEL, Choices.LEVELS);
        var city = row.text(CITY);
        var services = row.someOf(SERVICES, Choices.SERVICES);
        var categories = row.words(CATEGORIES);
        var supplier = row.oneOf(SUPPLIER, Choices.SUPPLIERS);
        var from = row.date(FROM);
        var to = row.date(TO);
        return row.made(
                COLUMNS,
                () -> new RecognitionRow(
                        row.line(),
                        new RecogniseProvider(code, name, level, city, services, categories, supplier, from, to)));
    }

    @Override
    public String party() {
        return content.providerId();
    }

    @Override
    public String stream() {
        return "provider:" + party();
    }

    @Override
    public List<Command> steps(PartyStream now) {
        ProviderRecognised entry =
                now.state(ProviderState.EMPTY, ProviderEvent.class).recognition();
        return entry != null && asEntered(entry).equals(content) ? List.of() : List.of(content);
    }

    /** The command that made this entry. */
    private static RecogniseProvider asEntered(ProviderRecognised e) {
        return new RecogniseProvider(
                e.providerId(),
                e.name(),
                e.level(),
                e.city(),
                e.serviceTypes(),
                e.merchantCategories(),
                e.supplierClass(),
                e.validFrom(),
                e.validTo());
    }
}
