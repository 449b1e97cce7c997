package app.headlight.services.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.engine.refusal.Refusal;
import app.headlight.ground.people.Account;
import app.headlight.ground.people.NotAllowedException;
import app.headlight.services.findings.FindingsExport.Format;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ExchangeTest extends OnBothDatabases {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void anotherDatabaseHoldsTheSameAfterAnImportAndAnotherOneChangesNothing() {
        long id = written();
        String file = node.export.model("toy", Format.JSON);
        try (HikariDataSource second = kind.fresh();
                Node there = new Node(second)) {
            Account eve = there.member("Eve");
            assertThat(read(there, eve, file)).isEqualTo(new ImportReport(2, 0, 0, 1, 0, List.of()));
            assertThat(withoutTime(there.export.model("toy", Format.JSON))).isEqualTo(withoutVotes(withoutTime(file)));
            assertThat(read(there, eve, file)).isEqualTo(new ImportReport(0, 0, 2, 0, 0, List.of()));
            assertThat(withoutTime(there.export.model("toy", Format.JSON))).isEqualTo(withoutVotes(withoutTime(file)));
            Finding came = there.findings
                    .find(node.findings.find(id).orElseThrow().uuid())
                    .orElseThrow();
            assertThat(came.author()).isEqualTo(new Author(null, "Ada"));
            assertThat(came.version()).isEqualTo(2);
            assertThat(came.confirmations()).as("a vote is an account's").isZero();
            assertThatThrownBy(() -> there.findings.edit(eve, came.id(), 2, Node.content("mine", "L0H0")))
                    .isInstanceOf(NotAllowedException.class);
        }
    }

    @Test
    void theSameFileImportedWhereItIsFromChangesNothing() {
        written();
        String file = node.export.model("toy", Format.JSON);
        assertThat(read(node, ben, file)).isEqualTo(new ImportReport(0, 0, 2, 0, 0, List.of()));
        assertThat(withoutTime(node.export.model("toy", Format.JSON))).isEqualTo(withoutTime(file));
    }

    @Test
    void aLaterTextIsAppendedForWhomMayChangeItAndAnEarlierOneNever() {
        long id = written();
        String before = node.export.model("toy", Format.JSON);
        node.findings.edit(ada, id, 2, Node.content("three", "L0H0"));
        String later = node.export.model("toy", Format.JSON);
        node.findings.edit(ada, id, 3, Node.content("two", "L0H0"));
        assertThat(read(node, root, before).updated()).isZero();
        assertThat(read(node, root, later).updated()).isZero();
        assertThat(node.findings.find(id).orElseThrow().version()).isEqualTo(4);
        try (HikariDataSource second = kind.fresh();
                Node there = new Node(second)) {
            Account eve = there.member("Eve");
            Account admin = there.admin("Admin");
            read(there, eve, before);
            ImportReport refused = read(there, eve, later);
            assertThat(refused.updated()).isZero();
            assertThat(refused.refused()).singleElement().asString().contains("by Ada", "admin");
            assertThat(read(there, admin, later).updated()).isEqualTo(1);
            assertThat(read(there, admin, later).updated()).isZero();
            assertThat(withoutTime(there.export.model("toy", Format.JSON))).isEqualTo(withoutVotes(withoutTime(later)));
        }
    }

    @Test
    void aFileCannotSpeakForAnAccountNorFromTheFuture() {
        written();
        ObjectNode file = (ObjectNode) JSON.readTree(node.export.model("toy", Format.JSON));
        ObjectNode finding = (ObjectNode) file.path("findings").path(0);
        ObjectNode last = (ObjectNode) finding.path("versions").path(1);
        last.put("title", "forged").put("at", "9000-01-01T00:00:00Z");
        ImportReport report = read(node, ben, file.toString());
        assertThat(report.updated()).isZero();
        assertThat(report.refused()).hasSize(1);
        assertThat(node.export.model("toy", Format.JSON)).doesNotContain("forged");
        assertThat(read(node, root, file.toString()).updated()).isEqualTo(1);
        Finding now = node.search
                .page(FindingQuery.all(9).withWords("forged"))
                .findings()
                .getFirst();
        assertThat(now.editedAt()).isBeforeOrEqualTo(Limits.now());
        assertThat(node.findings.versions(now.id()).getFirst().editor().account())
                .isNull();
    }

    @Test
    void aDeletedFindingStaysDeleted() {
        long id = written();
        String file = node.export.model("toy", Format.JSON);
        node.findings.delete(ada, id);
        assertThat(read(node, root, "\uFEFF" + file)).isEqualTo(new ImportReport(0, 0, 2, 0, 0, List.of()));
        assertThat(node.findings.find(id)).isEmpty();
    }

    @Test
    void aCollectionGoesOverWithItsOrderAndNotes() {
        long id = written();
        long collection = node.collections.create(ada, "Talk").id();
        long second = node.findings.add(ben, Node.content("second", "L0H1")).id();
        node.collections.add(ada, collection, second, "begin here");
        node.collections.add(ada, collection, id, "");
        String file = node.export.collection(collection, Format.JSON);
        try (HikariDataSource other = kind.fresh();
                Node there = new Node(other)) {
            Account eve = there.member("Eve");
            read(there, eve, file);
            read(there, eve, file);
            FindingCollection came = there.collections.all().getFirst();
            assertThat(there.collections.all()).hasSize(1);
            assertThat(came.title()).isEqualTo("Talk");
            assertThat(came.owner().name()).isEqualTo("Eve");
            assertThat(came.slides())
                    .extracting(slide -> slide.finding().content().title() + "/" + slide.notes())
                    .containsExactly("second/begin here", "two/");
            there.collections.rename(eve, came.id(), "Hers");
            assertThat(read(there, there.member("Fay"), file).refused())
                    .singleElement()
                    .asString()
                    .contains("Hers");
        }
        assertThat(node.export.collection(collection, Format.MARKDOWN))
                .startsWith("# Talk\n\n## second\n")
                .contains("### Notes\n\nbegin here\n");
        assertThatThrownBy(() -> node.export.collection(999, Format.CSV)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aBadFileIsRefusedInWordsAndNothingIsWritten() {
        written();
        String good = node.export.model("toy", Format.JSON);
        Map<String, String> bad = Map.of(
                "",
                "expected",
                "[1]",
                "expected",
                "null",
                "empty",
                "{}",
                "format",
                good.replace("\"version\" : 1,", "\"version\" : 2,"),
                "version 2",
                good.replace("\"title\" : \"other\"", "\"title\" : \" \""),
                "findings[1].versions[0]: the title is empty",
                good.replace("\"title\" : \"other\"", "\"titel\" : \"other\""),
                "“title” is missing",
                good.replace("explore?model=toy&head=L0H5", "javascript:alert(1)"),
                "own pages",
                good.replace("\"which\" : \"L0H5\"", "\"which\" : \"five\""),
                "five",
                good.substring(0, good.length() / 2),
                "not JSON");
        try (HikariDataSource second = kind.fresh();
                Node there = new Node(second)) {
            Account eve = there.member("Eve");
            bad.forEach((file, words) -> {
                assertThat(file).isNotEqualTo(good);
                assertThatThrownBy(() -> read(there, eve, file))
                        .as(words)
                        .isInstanceOf(Refusal.class)
                        .hasMessageContaining(words)
                        .hasMessageNotContaining("Exception");
            });
            ObjectNode torn = (ObjectNode) JSON.readTree(good);
            torn.putObject("collection")
                    .put("uuid", "00000000-0000-0000-0000-000000000001")
                    .put("title", "x")
                    .putArray("slides")
                    .addObject()
                    .put("finding", "00000000-0000-0000-0000-000000000002");
            assertThatThrownBy(() -> read(there, eve, torn.toString())).hasMessageContaining("neither");
            assertThatThrownBy(() -> there.imports.read(eve, new byte[(20 << 20) + 1]))
                    .hasMessageContaining("bytes");
            assertThat(there.jdbc
                            .sql("select count(*) from finding")
                            .query(Integer.class)
                            .single())
                    .as("half-written")
                    .isZero();
        }
    }

    @Test
    void whatIsExportedIsOfTheDocumentedForm() throws IOException {
        long id = written();
        long collection = node.collections.create(ada, "Talk").id();
        node.collections.add(ada, collection, id, "n");
        try (InputStream schema = getClass().getResourceAsStream("/findings-schema-1.json")) {
            JsonNode expected = JSON.readTree(schema);
            conforms("file", JSON.readTree(node.export.collection(collection, Format.JSON)), expected);
            conforms("file", JSON.readTree(node.export.model("toy", Format.JSON)), expected);
        }
    }

    @Test
    void aFieldThatIsNotKnownIsRefusedWithItsPlaceInTheFile() {
        long id = written();
        long collection = node.collections.create(ada, "Talk").id();
        node.collections.add(ada, collection, id, "n");
        ObjectNode file = (ObjectNode) JSON.readTree(node.export.collection(collection, Format.JSON));
        Map<String, ObjectNode> objects = new LinkedHashMap<>();
        objects("", file, objects);
        assertThat(objects).containsKeys("", "collection.slides[0].", "findings[0].versions[0].subject.");
        objects.forEach((place, object) -> {
            object.put("nonsense", 7);
            assertThatThrownBy(() -> read(node, ada, file.toString()))
                    .as(place)
                    .hasMessageContaining("there is no field “" + place + "nonsense”; known here are ");
            object.remove("nonsense");
        });
    }

    @Test
    void noValueOfAFileIsTakenForOneOfAnotherKind() {
        written();
        String file = node.export.model("toy", Format.JSON);
        for (String wrong : List.of("\"by\" : false", "\"by\" : 7", "\"by\" : \"a\", \"by\" : \"b\"")) {
            assertThatThrownBy(() -> read(node, ada, file.replaceFirst("\"by\" : \"[^\"]*\"", wrong)))
                    .as(wrong)
                    .isInstanceOf(Refusal.class);
        }
        assertThatThrownBy(
                        () -> read(node, ada, file.replaceFirst("\"confidence\" : (\\d+)", "\"confidence\" : \"$1\"")))
                .hasMessageContaining("confidence");
        assertThatThrownBy(
                        () -> read(node, ada, file.replaceFirst("\"exported_at\" : \"[^\"]*\"", "\"exported_at\" : 0")))
                .hasMessageContaining("exported_at");
    }

    private static void objects(String place, JsonNode within, Map<String, ObjectNode> found) {
        if (within instanceof ObjectNode object) {
            found.put(place, object);
            object.properties().forEach(field -> objects(place + field.getKey() + ".", field.getValue(), found));
        }
        for (int i = 0; within.isArray() && i < within.size(); i++) {
            objects(place.substring(0, place.length() - 1) + "[" + i + "].", within.get(i), found);
        }
    }

    @Test
    void noCellOfTheCsvIsAFormula() {
        node.findings.add(
                ada,
                new Content(
                        Subject.ofModel("@sum"), "=1+1", "+1, \"quoted\"\n-2", List.of("-x"), "@kind", 5, "explore"));
        String csv = node.export.model("@sum", Format.CSV);
        assertThat(csv).startsWith("\ufeffuuid,model,sort,which,title,");
        assertThat(csv.substring(csv.indexOf("\r\n") + 2))
                .contains(",'@sum,MODEL,,'=1+1,'@kind,5,'-x,Ada,")
                .endsWith(",explore,\"'+1, \"\"quoted\"\"\n-2\"\r\n");
    }

    @Test
    void whatTheCsvHoldsIsReadBackAsItWas() throws IOException {
        List<Content> written = Stream.of(
                        "comma, and \"quotes\"", "one\r\ntwo\n\n\"three\"", "# heading ", "  space,\r", "\\")
                .map(text -> new Content(Subject.ofModel("toy"), "t", text, List.of("a", "b"), "", 5, "explore"))
                .map(content -> node.findings.add(ada, content).content())
                .toList();
        String csv = node.export.model("toy", Format.CSV);
        try (CSVParser rows = CSVParser.parse(
                csv.substring(1), CSVFormat.RFC4180.builder().setHeader().get())) {
            assertThat(rows)
                    .extracting(row -> row.get("markdown"))
                    .containsExactlyElementsOf(
                            written.stream().map(Content::markdown).toList());
        }
    }

    @Test
    void markdownKeepsTitlesFromBeingMarks() {
        node.findings.add(ada, Node.content("# <b>*x*</b>", "L0H0"));
        assertThat(node.export.model("toy", Format.MARKDOWN))
                .startsWith("# Findings about toy\n\n## \\# \\<b\\>\\*x\\*\\</b\\>\n\n- About: head L0H0 of toy\n")
                .contains("- View: <explore?model=toy&head=L0H0>\n\nIt looks **back**.\n");
    }

    /** Two findings, the first of two versions, with a comment and a vote. */
    private long written() {
        long id = node.findings.add(ada, Node.content("one", "L0H0")).id();
        node.findings.edit(ada, id, 1, Node.content("two", "L0H0"));
        node.findings.add(ada, Node.content("other", "L0H5"));
        node.discussion.comment(ben, id, "I see it too.");
        node.discussion.vote(ben, id, true, "seen");
        return id;
    }

    private static ImportReport read(Node node, Account by, String file) {
        return node.imports.read(by, file.getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode withoutTime(String file) {
        ObjectNode read = (ObjectNode) JSON.readTree(file);
        read.remove("exported_at");
        return read;
    }

    private static ObjectNode withoutVotes(ObjectNode file) {
        file.path("findings").forEach(finding -> ((ObjectNode) finding).putArray("votes"));
        return file;
    }

    /** What of JSON Schema the schema uses, and that it leaves no field unsaid. */
    private static void conforms(String where, JsonNode value, JsonNode schema) {
        if (schema.has("const")) {
            assertThat(value).as(where).isEqualTo(schema.get("const"));
        }
        if (schema.has("enum")) {
            assertThat(schema.get("enum")).as(where).contains(value);
        }
        JsonNode type = schema.path("type"); // with null beside it where a file may say that there is nothing
        if (type.isArray() && value.isNull()) {
            return;
        }
        switch ((type.isArray() ? type.get(0) : type).asString("")) {
            case "object" -> {
                schema.path("required")
                        .forEach(field -> assertThat(value.has(field.asString()))
                                .as(where + "." + field)
                                .isTrue());
                value.properties().forEach(field -> {
                    assertThat(schema.path("properties").has(field.getKey()))
                            .as(where + "." + field.getKey())
                            .isTrue();
                    conforms(
                            where + "." + field.getKey(),
                            field.getValue(),
                            schema.path("properties").get(field.getKey()));
                });
            }
            case "array" -> {
                assertThat(value.isArray()).as(where).isTrue();
                value.forEach(item -> conforms(where + "[]", item, schema.get("items")));
            }
            case "string" -> assertThat(value.isString()).as(where).isTrue();
            case "integer" -> assertThat(value.isIntegralNumber()).as(where).isTrue();
            case "boolean" -> assertThat(value.isBoolean()).as(where).isTrue();
            default ->
                assertThat(schema.has("const") || schema.has("enum")).as(where).isTrue();
        }
    }
}
