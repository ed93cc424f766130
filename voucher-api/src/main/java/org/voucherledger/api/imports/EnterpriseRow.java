package org.voucherledger.api.imports;

import java.util.ArrayList;
import java.util.List;
import org.voucherledger.api.table.Choices;
import org.voucherledger.api.table.Column;
import org.voucherledger.api.table.RowReader;
import org.voucherledger.api.table.Words;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.party.EnterpriseCommand.CorrectDeclaration;
import org.voucherledger.domain.party.EnterpriseCommand.Declaration;
import org.voucherledger.domain.party.EnterpriseCommand.RegisterEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.VerifyEnterprise;
import org.voucherledger.domain.party.EnterpriseEvent;
import org.voucherledger.domain.party.EnterpriseEvent.EnterpriseVerified;
import org.voucherledger.domain.party.EnterpriseState;
import org.voucherledger.domain.registering.VerificationPapers;

/** An enterprise as the platform exports it: what it declared, and what the operator verified for a year (GZ-01 to GZ-03). */
record EnterpriseRow(long line, Content content) implements Wanted {

    /** @param verification {@code null} where the row says nothing of one */
    record Content(RegisterEnterprise registration, VerifyEnterprise verification) {}

    private static final Column CODE = Column.needed("enterpriseId", "统一社会信用代码");
    private static final Column NAME = Column.needed("name", "企业名称", "名称");
    private static final Column CITY = Column.needed("city", "所在市", "城市");
    private static final Column DISTRICT = Column.needed("district", "所在区", "区");
    private static final Column INDUSTRY = Column.needed("industry", "所属行业", "行业");
    private static final Column EMPLOYEES = Column.needed("employees", "从业人员（人）", "从业人员");
    private static final Column REVENUE = Column.needed("revenueWan", "营业收入（万元）");
    private static final Column ASSETS = Column.needed("assetsWan", "资产总额（万元）");
    private static final Column SIZE = Column.needed("declaredSize", "企业规模", "声明规模");
    private static final Column LEGAL_PERSON = Column.needed("legalPerson", "是否独立法人", "独立法人");
    private static final Column ESTABLISHED = Column.needed("establishedOn", "成立日期");
    private static final Column HANDLER = Column.needed("handlerRef", "经办人编号");
    private static final Column TRUST = Column.needed("trustLevel", "身份认证等级");
    private static final Column YEAR = Column.optional("year", "核对年度");
    private static final Column SIGNED = Column.optional("declarationSignedOn", "声明函签署日期");
    private static final Column PROPER = Column.optional("operatesProperly", "运营规范");
    private static final Column POLICY = Column.optional("fitsPolicy", "符合产业政策");
    private static final Column TAGS = Column.optional("priorityTags", "优先补助资格");
    private static final Column DOCUMENTS = Column.optional("documents", "核对资料");

    static final List<Column> COLUMNS = List.of(
            CODE,
            NAME,
            CITY,
            DISTRICT,
            INDUSTRY,
            EMPLOYEES,
            REVENUE,
            ASSETS,
            SIZE,
            LEGAL_PERSON,
            ESTABLISHED,
            HANDLER,
            TRUST,
            YEAR,
            SIGNED,
            PROPER,
            POLICY,
            TAGS,
            DOCUMENTS);

    static Wanted read(RowReader row) {
        var code = row.creditCode(CODE);
        var name = row.text(NAME);
        var city = row.text(CITY);
        var district = row.text(DISTRICT);
        var industry = row.oneOf(INDUSTRY, Choices.INDUSTRIES);
        var employees = row.whole(EMPLOYEES);
        var revenue = row.whole(REVENUE);
        var assets = row.whole(ASSETS);
        var size = row.oneOf(SIZE, Choices.SIZES);
        var legalPerson = row.oneOf(LEGAL_PERSON, Choices.YES_OR_NO);
        var established = row.date(ESTABLISHED);
        var handler = row.text(HANDLER);
        var trust = row.whole(TRUST);
        var verification = verification(row, code);
        return row.made(
                COLUMNS,
                () -> new EnterpriseRow(
                        row.line(),
                        new Content(
                                new RegisterEnterprise(
                                        code,
                                        new Declaration(
                                                name,
                                                city,
                                                district,
                                                industry,
                                                employees,
                                                revenue,
                                                assets,
                                                size,
                                                legalPerson,
                                                established,
                                                handler,
                                                Math.toIntExact(Math.min(trust, Integer.MAX_VALUE)))),
                                verification)));
    }

    private static VerifyEnterprise verification(RowReader row, String code) {
        if (row.isBlank(YEAR)
                && row.isBlank(SIGNED)
                && row.isBlank(PROPER)
                && row.isBlank(POLICY)
                && row.isBlank(TAGS)
                && row.isBlank(DOCUMENTS)) {
            return null;
        }
        for (Column column : List.of(YEAR, SIGNED, PROPER, POLICY, DOCUMENTS)) {
            row.mustBeFilledIn(column);
        }
        var year = row.whole(YEAR);
        var signed = row.date(SIGNED);
        var proper = row.oneOf(PROPER, Choices.YES_OR_NO);
        var policy = row.oneOf(POLICY, Choices.YES_OR_NO);
        var tags = row.someOf(TAGS, Choices.TAGS);
        var documents = row.documents(DOCUMENTS);
        VerifyEnterprise verification = row.made(
                COLUMNS,
                () -> new VerifyEnterprise(
                        code,
                        Math.toIntExact(Math.min(year, Integer.MAX_VALUE)),
                        signed,
                        proper,
                        policy,
                        tags,
                        documents));
        if (verification != null) {
            row.wouldBe(SIGNED, VerificationPapers.areOfTheYear(verification));
            row.wouldBe(DOCUMENTS, VerificationPapers.areComplete(verification));
        }
        return verification;
    }

    @Override
    public String party() {
        return content.registration().enterpriseId();
    }

    @Override
    public String stream() {
        return "enterprise:" + party();
    }

    @Override
    public List<Command> steps(PartyStream now) {
        var state = now.state(EnterpriseState.EMPTY, EnterpriseEvent.class);
        EnterpriseVerified recorded = state.verification();
        if (recorded != null
                && content.verification() != null
                && recorded.year() > content.verification().year()) {
            throw new RowRefused(
                    "OlderVerification",
                    new Words(
                            "已有 " + recorded.year() + " 年度的核对，本行为更早年度，未导入。",
                            "It has been verified for " + recorded.year() + "; the row is of an earlier year."));
        }
        var steps = new ArrayList<Command>();
        if (!state.exists()) {
            steps.add(content.registration());
        } else if (!state.declaration().equals(content.registration().declaration())) {
            steps.add(new CorrectDeclaration(party(), content.registration().declaration()));
        }
        if (content.verification() != null && (!steps.isEmpty() || !isVerifiedSo(recorded))) {
            steps.add(content.verification());
        }
        return steps;
    }

    private boolean isVerifiedSo(EnterpriseVerified recorded) {
        if (recorded == null) {
            return false;
        }
        return new VerifyEnterprise(
                        recorded.enterpriseId(),
                        recorded.year(),
                        recorded.declarationSignedOn(),
                        recorded.operatesProperly(),
                        recorded.fitsPolicy(),
                        recorded.priorityTags(),
                        recorded.documents())
                .equals(content.verification());
    }
}
