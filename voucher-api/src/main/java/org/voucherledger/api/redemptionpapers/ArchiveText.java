package org.voucherledger.api.redemptionpapers;

import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.voucherledger.domain.time.Shanghai;
import org.voucherledger.projections.audittrail.AuditEntry;
import org.voucherledger.projections.audittrail.Recorded;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Histories as they lie in an archive: for a program, and for a person in twenty years who has none. */
final class ArchiveText {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ArchiveText() {}

    static String json(List<Recorded> stream) {
        ArrayNode all = JSON.createArrayNode();
        for (Recorded recorded : stream) {
            AuditEntry entry = recorded.entry();
            ObjectNode node = all.addObject();
            node.put("position", entry.position());
            node.put("stream", entry.streamId());
            node.put("sequence", entry.sequence());
            node.put("type", entry.type());
            node.put("at", entry.at().toString());
            node.put("actor", entry.actor());
            node.put("role", entry.role());
            node.put("onBehalfOf", entry.onBehalfOf());
            node.put("reason", entry.reason());
            node.put("commandId", entry.commandId());
            node.put("schemeVersion", entry.schemeVersion());
            node.set("payload", JSON.readTree(entry.payload()));
        }
        return all.toString() + "\n";
    }

    static String readable(List<Recorded> stream) {
        StringBuilder text = new StringBuilder();
        for (Recorded recorded : stream) {
            AuditEntry entry = recorded.entry();
            text.append(TIME.format(entry.at().atZone(Shanghai.ZONE)))
                    .append("（北京时间） ")
                    .append(entry.type())
                    .append("\n    操作人 ")
                    .append(entry.actor())
                    .append("（")
                    .append(entry.role())
                    .append(entry.onBehalfOf().isEmpty() ? "" : "，代表 " + entry.onBehalfOf())
                    .append("）")
                    .append(
                            entry.reason().isEmpty()
                                    ? ""
                                    : "；原因：" + entry.reason().replaceAll("\\s+", " "))
                    .append("\n    ")
                    .append(entry.payload())
                    .append("\n");
        }
        return text.toString();
    }
}
