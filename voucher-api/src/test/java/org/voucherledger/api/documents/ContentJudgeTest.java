package org.voucherledger.api.documents;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionJavaScript;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionLaunch;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionURI;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;
import org.apache.pdfbox.pdmodel.interactive.form.PDAcroForm;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.rule.Refused;
import org.voucherledger.domain.rule.Rule;

class ContentJudgeTest {

    private static final int LIMIT = 5_242_880;

    @TempDir
    private Path aside;

    private final ContentJudge judge = new ContentJudge();

    private String judged(byte[] content, String name, String declared) throws IOException {
        try (var incoming = Incoming.receive(new ByteArrayInputStream(content), -1, name, aside, LIMIT)) {
            return judge.judge(incoming, declared);
        }
    }

    private Decision refusal(byte[] content, String name, String declared) {
        var thrown = new Decision[1];
        assertThatThrownBy(() -> judged(content, name, declared))
                .isInstanceOfSatisfying(Refused.class, refused -> thrown[0] = refused.decision());
        assertThat(thrown[0].rule()).isEqualTo(Rule.GZ_45);
        return thrown[0];
    }

    private String about(byte[] content) {
        return refusal(content, "a", null).about();
    }

    @Test
    @DisplayName("GZ-45: a PDF, a JPEG and a PNG are what they are, whatever they are called")
    void admitted() throws IOException {
        assertThat(judged(TestPapers.pdf("x"), "x.docx", null)).isEqualTo("application/pdf");
        assertThat(judged(TestPapers.image("jpg"), "x.pdf", null)).isEqualTo("image/jpeg");
        assertThat(judged(TestPapers.image("png"), "x", "image/png")).isEqualTo("image/png");
    }

    @Test
    @DisplayName("GZ-45: a PDF with links and a form of its own is a paper like any other")
    void harmless() throws IOException {
        byte[] linked = TestPapers.pdf(document -> {
            var link = new PDAnnotationLink();
            var uri = new PDActionURI();
            uri.setURI("https://example.org");
            link.setAction(uri);
            quietly(() -> document.getPage(0).getAnnotations().add(link));
            document.getDocumentCatalog().setAcroForm(new PDAcroForm(document));
        });
        assertThat(judged(linked, "x.pdf", null)).isEqualTo("application/pdf");
    }

    @Test
    @DisplayName("GZ-45: a word processor's file called .pdf is refused, and the refusal says what it is")
    void disguised() throws IOException {
        Decision refused = refusal(docx(), "contract.pdf", "application/pdf");

        assertThat(refused.about()).isEqualTo("TypeNotAdmitted");
        assertThat(refused.limit().toString()).contains("application/pdf", "image/jpeg", "image/png");
        assertThat(refused.used().toString()).containsIgnoringCase("Office Open XML");
        assertThat(refused.asked()).isEqualTo("contract.pdf");
    }

    @TestFactory
    @DisplayName("GZ-45: other kinds of content are refused")
    Stream<DynamicTest> otherTypes() {
        return Stream.of(
                        "MZ\u0090\0\u0003\0\0\0",
                        "<html><body><script>alert(1)</script></body></html>",
                        "GIF89a\1\0\1\0\0\0\0;",
                        "just text",
                        "\u007fELF\2\1\1",
                        "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>")
                .map(text -> DynamicTest.dynamicTest(
                        text.substring(0, 3),
                        () -> assertThat(about(text.getBytes(ISO_8859_1))).isEqualTo("TypeNotAdmitted")));
    }

    @Test
    @DisplayName("GZ-45: an image declared to be a PDF is refused")
    void declaredOtherwise() {
        Decision refused = refusal(TestPapers.image("png"), "a.pdf", "application/pdf");

        assertThat(refused.about()).isEqualTo("TypeNotAsDeclared");
        assertThat(refused.limit()).isEqualTo("application/pdf");
        assertThat(refused.used()).isEqualTo("image/png");
    }

    @Test
    @DisplayName("GZ-45: an empty file is no document")
    void empty() {
        assertThat(about(new byte[0])).isEqualTo("DocumentEmpty");
    }

    @Test
    @DisplayName("GZ-45: a file of the limit's size is read, one byte more is not")
    void limit() throws IOException {
        byte[] most = new byte[LIMIT];
        assertThat(Incoming.receive(new ByteArrayInputStream(most), -1, "a", aside, LIMIT)
                        .sizeBytes())
                .isEqualTo(LIMIT);
        assertThatThrownBy(() -> Incoming.receive(new ByteArrayInputStream(new byte[LIMIT + 1]), -1, "b", aside, LIMIT))
                .isInstanceOfSatisfying(Refused.class, refused -> {
                    assertThat(refused.decision().about()).isEqualTo("TooLarge");
                    assertThat(refused.decision().limit()).isEqualTo("5242880 bytes");
                    assertThat(refused.decision().asked()).isEqualTo("b");
                });
        try (Stream<Path> left = Files.list(aside)) {
            assertThat(left).as("only the one that was not refused").hasSize(1);
        }
    }

    @Test
    @DisplayName("GZ-45: an endless body is given up at the limit, an announced one before it begins")
    void endless() {
        var endless = new java.io.InputStream() {
            private long given;

            @Override
            public int read() {
                given++;
                return 0;
            }

            @Override
            public int read(byte[] into, int from, int length) {
                given += length;
                return length;
            }
        };
        assertThatThrownBy(() -> Incoming.receive(endless, -1, "a", aside, LIMIT))
                .isInstanceOf(Refused.class);
        assertThat(endless.given).isLessThan(LIMIT + 100_000L);
        long before = endless.given;
        assertThatThrownBy(() -> Incoming.receive(endless, LIMIT + 1L, "a", aside, LIMIT))
                .isInstanceOf(Refused.class);
        assertThat(endless.given).isEqualTo(before);
    }

    @TestFactory
    @DisplayName("GZ-45: whatever is cut off, wherever, is refused")
    Stream<DynamicTest> truncated() {
        byte[] pdf = TestPapers.pdf("x");
        byte[] jpeg = TestPapers.image("jpg");
        byte[] png = TestPapers.image("png");
        var random = new Random(45);
        return Stream.of(pdf, jpeg, png)
                .flatMap(whole -> Stream.concat(
                                IntStream.of(whole.length - 8, whole.length / 2, whole.length / 4)
                                        .boxed(),
                                random.ints(10, 64, whole.length - 7).boxed())
                        .map(length -> DynamicTest.dynamicTest(
                                whole[1] + " cut to " + length,
                                () -> assertThat(about(Arrays.copyOf(whole, length)))
                                        .isEqualTo("DocumentDamaged"))));
    }

    @Test
    @DisplayName("GZ-45: a picture with a changed byte in its data is refused where its format has checksums")
    void flipped() {
        byte[] png = TestPapers.image("png");
        png[png.length / 2] ^= 1;
        assertThat(about(png)).isEqualTo("DocumentDamaged");
    }

    @TestFactory
    @DisplayName("GZ-45: a file that is two formats at once is refused")
    Stream<DynamicTest> polyglots() throws IOException {
        byte[] zip = zip("a.txt", "x".getBytes(UTF_8));
        byte[] jpegWithPdf = jpegWithComment("%PDF-1.4 \n".getBytes(UTF_8));
        return Stream.of(
                polyglot("PDF and ZIP", joined(TestPapers.pdf("x"), zip), "TwoFormatsInOne"),
                polyglot("JPEG and ZIP", joined(TestPapers.image("jpg"), zip), "TwoFormatsInOne"),
                polyglot("PNG and ZIP", joined(TestPapers.image("png"), zip), "TwoFormatsInOne"),
                polyglot("JPEG and PDF", jpegWithPdf, "TwoFormatsInOne"),
                polyglot(
                        "JPEG and something",
                        joined(TestPapers.image("jpg"), "MZ..".getBytes(UTF_8)),
                        "DocumentDamaged"),
                polyglot(
                        "PNG and something",
                        joined(TestPapers.image("png"), "<script>".getBytes(UTF_8)),
                        "DocumentDamaged"));
    }

    private DynamicTest polyglot(String name, byte[] content, String about) {
        return DynamicTest.dynamicTest(name, () -> assertThat(about(content)).isEqualTo(about));
    }

    @Test
    @DisplayName("GZ-45: a camera's JPEG may carry a second picture or filling behind the first")
    void severalPictures() throws IOException {
        byte[] jpeg = TestPapers.image("jpg");
        assertThat(judged(joined(jpeg, jpeg), "a.jpg", null)).isEqualTo("image/jpeg");
        assertThat(judged(joined(jpeg, new byte[16]), "a.jpg", null)).isEqualTo("image/jpeg");
    }

    @Test
    @DisplayName("GZ-45: a picture of more pixels than any scan is refused before it is unpacked")
    void pixels() {
        assertThat(about(pngOf(20_000, 20_000))).isEqualTo("DocumentDamaged");
        assertThat(refusal(pngOf(20_000, 20_000), "a", null).used().toString()).contains("400000000 pixels");
    }

    @Test
    @DisplayName("GZ-45: a PDF that needs a password, or hides its rights behind one, is refused")
    void encrypted() {
        for (String password : new String[] {"secret", ""}) {
            byte[] locked = TestPapers.pdf(document -> quietly(
                    () -> document.protect(new StandardProtectionPolicy("owner", password, new AccessPermission()))));
            assertThat(about(locked)).as("user password '%s'", password).isEqualTo("DocumentEncrypted");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/Encrypt << /Filter /Standard /V 1 /R 2 /O <00> /U <00> /P -4 >>",
                "/Encrypt<</Filter/Standard>>",
                "/Encrypt 4 0 R",
                "/#45n#63rypt 4 0 R"
            })
    @DisplayName(
            "GZ-45: a PDF whose trailer says that it is encrypted is refused, also where its table of objects is missing")
    void encryptedWithoutTable(String entry) {
        assertThat(about(withoutTable(entry))).isEqualTo("DocumentEncrypted");
    }

    @Test
    @DisplayName(
            "GZ-45: a PDF without a table of objects, or one that only speaks of encryption, is a paper like any other")
    void withoutTable() throws IOException {
        assertThat(judged(withoutTable("/Info << /Title (no /Encryption and no Encrypt ) >>"), "x.pdf", null))
                .isEqualTo("application/pdf");
    }

    private static byte[] withoutTable(String trailer) {
        return """
                %%PDF-1.4
                1 0 obj
                << /Type /Catalog /Pages 2 0 R >>
                endobj
                2 0 obj
                << /Type /Pages /Kids [3 0 R] /Count 1 >>
                endobj
                3 0 obj
                << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>
                endobj
                4 0 obj
                << /Filter /Standard /V 1 /R 2 /O <00> /U <00> /P -4 >>
                endobj
                trailer
                << /Root 1 0 R %s >>
                %%%%EOF
                """.formatted(trailer).getBytes(ISO_8859_1);
    }

    @TestFactory
    @DisplayName("GZ-45: a PDF that does something by itself, or carries other files, is refused with the finding")
    Stream<DynamicTest> active() {
        return Stream.of(
                active(
                        "JavaScript",
                        document ->
                                document.getDocumentCatalog().setOpenAction(new PDActionJavaScript("app.alert(1)"))),
                active(
                        "a launch action",
                        document -> document.getDocumentCatalog().setOpenAction(new PDActionLaunch())),
                active("a launch action", document -> {
                    var link = new PDAnnotationLink();
                    link.setAction(new PDActionLaunch());
                    quietly(() -> document.getPage(0).getAnnotations().add(link));
                }),
                active("an XFA form", document -> {
                    var form = new PDAcroForm(document);
                    form.getCOSObject().setItem(COSName.XFA, new COSString("<xdp/>"));
                    document.getDocumentCatalog().setAcroForm(form);
                }),
                active(
                        "an embedded file",
                        document -> quietly(() -> {
                            var file = new PDEmbeddedFile(document, new ByteArrayInputStream(new byte[9]));
                            var specification = new PDComplexFileSpecification();
                            specification.setFile("x.exe");
                            specification.setEmbeddedFile(file);
                            var tree = new PDEmbeddedFilesNameTreeNode();
                            tree.setNames(java.util.Map.of("x", specification));
                            var names = new PDDocumentNameDictionary(document.getDocumentCatalog());
                            names.setEmbeddedFiles(tree);
                            document.getDocumentCatalog().setNames(names);
                        })),
                active("JavaScript", document -> {
                    // Deep in arrays and dictionaries of an object of its own.
                    var hidden = new COSDictionary();
                    var action = new COSDictionary();
                    action.setName(COSName.S, "JavaScript");
                    var array = new org.apache.pdfbox.cos.COSArray();
                    array.add(action);
                    hidden.setItem("A", array);
                    document.getPage(0).getCOSObject().setItem("PieceInfo", hidden);
                }));
    }

    private DynamicTest active(String finding, Consumer<PDDocument> planted) {
        return DynamicTest.dynamicTest(finding, () -> {
            Decision refused = refusal(TestPapers.pdf(planted), "a.pdf", null);
            assertThat(refused.about()).isEqualTo("ActiveContent");
            assertThat(refused.used().toString()).contains(finding);
        });
    }

    @Test
    @DisplayName("GZ-45: a PDF whose structure swells beyond measure is refused before it is unpacked")
    void swollen() throws IOException {
        byte[] zeros = deflated(PdfStreams.MOST_BYTES_OF_STRUCTURE + 1);
        assertThat(zeros.length).isLessThan(100_000);
        Decision refused = refusal(pdfWithStream("/Type /ObjStm /N 1 /First 4", zeros), "bomb.pdf", null);

        assertThat(refused.about()).isEqualTo("DocumentDamaged");
        assertThat(refused.used().toString()).contains("swells");
        assertThatCode(() -> judged(
                        pdfWithStream("/Type /XObject", deflated(PdfStreams.MOST_BYTES_OF_STRUCTURE + 1)), "a", null))
                .as("as much in a picture is a page")
                .doesNotThrowAnyException();
        assertThat(about(pdfWithStream("/Type /XObject", deflated(PdfStreams.MOST_BYTES + 1))))
                .isEqualTo("DocumentDamaged");
    }

    @Test
    @DisplayName("GZ-45: a PDF nested without end is refused, not fallen over")
    void nested() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        byte[] content = ("%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R /X " + deep + " >>\nendobj\n"
                        + "2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n")
                .getBytes(UTF_8);
        assertThat(about(content)).isEqualTo("DocumentDamaged");
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void quietly(Task task) {
        try {
            task.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] docx() throws IOException {
        return zip("[Content_Types].xml", "<Types/>".getBytes(UTF_8));
    }

    private static byte[] zip(String name, byte[] content) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
        return out.toByteArray();
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] jpegWithComment(byte[] comment) {
        byte[] jpeg = TestPapers.image("jpg");
        byte[] segment = ByteBuffer.allocate(comment.length + 4)
                .put((byte) 0xFF)
                .put((byte) 0xFE)
                .putShort((short) (comment.length + 2))
                .put(comment)
                .array();
        return joined(joined(Arrays.copyOf(jpeg, 2), segment), Arrays.copyOfRange(jpeg, 2, jpeg.length));
    }

    /** A PNG of one colour; its data are as long as its header says. */
    private static byte[] pngOf(int width, int height) {
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        header.put(new byte[] {1, 0, 0, 0, 0});
        byte[] signature = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};
        byte[] data = deflated((long) (width / 8 + 1) * height);
        return joined(
                joined(signature, chunk("IHDR", header.array())),
                joined(chunk("IDAT", data), chunk("IEND", new byte[0])));
    }

    private static byte[] chunk(String type, byte[] data) {
        CRC32 crc = new CRC32();
        crc.update(type.getBytes(UTF_8));
        crc.update(data);
        return ByteBuffer.allocate(data.length + 12)
                .putInt(data.length)
                .put(type.getBytes(UTF_8))
                .put(data)
                .putInt((int) crc.getValue())
                .array();
    }

    private static byte[] deflated(long zeros) {
        var out = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(out, new Deflater(9))) {
            byte[] some = new byte[1 << 16];
            for (long left = zeros; left > 0; left -= some.length) {
                deflater.write(some, 0, (int) Math.min(left, some.length));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] pdfWithStream(String dictionary, byte[] data) {
        String head = "%PDF-1.5\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
                + "2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
                + "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>\nendobj\n"
                + "4 0 obj\n<< " + dictionary + " /Filter /FlateDecode /Length " + data.length + " >>\nstream\n";
        String tail = "\nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n";
        return joined(joined(head.getBytes(ISO_8859_1), data), tail.getBytes(ISO_8859_1));
    }
}
