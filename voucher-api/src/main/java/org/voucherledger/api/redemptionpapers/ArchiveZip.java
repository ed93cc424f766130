package org.voucherledger.api.redemptionpapers;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.voucherledger.api.documents.KeptDocuments;
import org.voucherledger.api.json.CanonicalJson;
import org.voucherledger.api.reads.RecordedRead;
import org.voucherledger.domain.party.Document;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Packs an archive: its parts in the order of their paths, all of one time, and last a manifest of what is in it. */
final class ArchiveZip {

    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Map<String, String> ENDINGS =
            Map.of("application/pdf", ".pdf", "image/jpeg", ".jpg", "image/png", ".png");

    private final ZipOutputStream zip;
    private final ArrayNode parts = JSON.createArrayNode();
    private final ArrayNode absent = JSON.createArrayNode();

    private ArchiveZip(OutputStream out) {
        this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    }

    /**
     * Does not close the stream.
     *
     * @param read that whoever gets the archive is recorded
     */
    static void write(
            String claimId,
            ClaimArchive.Contents contents,
            KeptDocuments documents,
            RecordedRead read,
            OutputStream out)
            throws IOException {
        ArchiveZip archive = new ArchiveZip(out);
        for (Map.Entry<String, byte[]> text : contents.texts().entrySet()) {
            archive.part(text.getKey(), text.getValue());
        }
        for (Document document : contents.documents().values()) {
            archive.document(document, documents.find(document.sha256(), read));
        }
        for (ClaimArchive.Absent each : contents.absent()) {
            ObjectNode missing = archive.absent.addObject();
            missing.put("what", each.what());
            missing.put("why", each.why());
        }
        ObjectNode manifest = JSON.createObjectNode();
        manifest.put("claimId", claimId);
        manifest.put("position", contents.position());
        manifest.set("parts", archive.parts);
        manifest.set("absent", archive.absent);
        archive.entry("manifest.json", (manifest.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
        archive.zip.finish();
    }

    /** A document that is not there is told, never silently left out. */
    private void document(Document document, KeptDocuments.Found found) throws IOException {
        if (found.content() != null) {
            ObjectNode kept = part(
                    "documents/" + document.sha256() + ENDINGS.getOrDefault(document.mediaType(), ""), found.content());
            kept.put("kind", document.kind());
            kept.put("name", found.name());
        } else {
            ObjectNode missing = absent.addObject();
            missing.put("sha256", document.sha256());
            missing.put("kind", document.kind());
            missing.put("why", found.whyNot());
        }
    }

    private ObjectNode part(String path, byte[] content) throws IOException {
        entry(path, content);
        ObjectNode part = parts.addObject();
        part.put("path", path);
        part.put("sha256", CanonicalJson.sha256(content));
        part.put("sizeBytes", content.length);
        return part;
    }

    private void entry(String path, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(path);
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
