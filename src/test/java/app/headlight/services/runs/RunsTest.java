package app.headlight.services.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.SharedServer;
import app.headlight.engine.formats.SafetensorsWriter;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.HeadId;
import app.headlight.ground.people.Account;
import app.headlight.ground.people.NotAllowedException;
import app.headlight.ground.people.Role;
import app.headlight.ground.people.SignedIn;
import app.headlight.services.findings.Content;
import app.headlight.services.findings.Finding;
import app.headlight.services.findings.Findings;
import app.headlight.services.findings.Subject;
import app.headlight.services.findings.Weights;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.models.Audience;
import app.headlight.web.security.Person;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

/** Who may add runs, how large, how many, who sees them, and how long they are kept. */
class RunsTest extends SharedServer {

    @Autowired
    private Runs runs;

    @Autowired
    private RunStore store;

    @Autowired
    private OwnRunRecords records;

    @Autowired
    private SignedIn signedIn;

    @Autowired
    private Laboratory lab;

    @Autowired
    private Findings findings;

    @TempDir
    private Path folder;

    private Account ada;

    @BeforeEach
    void signIn() {
        ada = account("Ada keeps runs", Role.MEMBER);
        as(ada);
    }

    @AfterEach
    void signOut() {
        SecurityContextHolder.clearContext();
    }

    private static void as(Account account) {
        SecurityContextHolder.getContext()
                .setAuthentication(
                        new UsernamePasswordAuthenticationToken(new Person(account), "", Person.authorities(account)));
    }

    private static byte[] file(int tokens) {
        float[] pattern = new float[tokens * tokens];
        for (int t = 0; t < tokens; t++) {
            pattern[t * tokens] = 1;
        }
        return new SafetensorsWriter()
                .say("tokens", "[" + "\"a\",".repeat(tokens - 1) + "\"b\"]")
                .add("blocks.0.attn.hook_pattern", pattern, 1, tokens, tokens)
                .bytes();
    }

    private StoredRun add(Runs to, Audience audience, int tokens) throws IOException {
        return to.add(new ByteArrayInputStream(file(tokens)), "", "a name", audience, check -> {});
    }

    private Runs limited(String role, int megabytes, int most, int days) {
        return new Runs(store, new RunLimits(signedIn, role, megabytes, most, days), signedIn, lab, folder);
    }

    private long files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void settingsSayWhoMayAddHowLargeAndHowMany() throws IOException {
        assertThatThrownBy(() -> add(limited("admin", 1, 9, 0), Audience.ALL, 2))
                .isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> add(limited("member", 0, 9, 0), Audience.ALL, 2))
                .isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> add(limited("member", 1, 9, 0), Audience.ALL, 600))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("more than 1 MB");
        assertThat(files()).as("nothing of it stays").isZero();
        int before = store.ownedBy(ada.id());
        Runs few = limited("member", 1, before + 1, 0);
        StoredRun one = add(few, Audience.ALL, 400);
        assertThat(few.open(one).length()).as("read back from its parts").isEqualTo(400);
        assertThatThrownBy(() -> add(few, Audience.ALL, 2))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("You have added " + (before + 1) + " runs");
        few.delete(one);
        assertThat(store.ownedBy(ada.id())).isEqualTo(before);
        assertThat(files()).isZero();
        for (Runnable wrong : List.<Runnable>of(
                () -> limited("anybody", 1, 1, 0),
                () -> limited("member", 2000, 1, 0),
                () -> limited("member", 1, -1, 0))) {
            assertThatThrownBy(wrong::run).isInstanceOf(Refusal.class).hasMessageContaining("headlight.runs.");
        }
    }

    @Test
    void itsAudienceSeesIt() throws IOException {
        StoredRun run = add(runs, Audience.OWNER, 2);
        assertThat(runs.find(run.id())).contains(run);
        as(account("Bob keeps runs", Role.MEMBER));
        assertThat(runs.find(run.id())).isEmpty();
        assertThatThrownBy(() -> runs.show(run, Audience.ALL)).isInstanceOf(NotAllowedException.class);
        as(ada);
        runs.show(run, Audience.MEMBERS);
        as(account("Bob keeps runs", Role.MEMBER));
        assertThat(runs.find(run.id())).isPresent();
        assertThatThrownBy(() -> runs.delete(run)).isInstanceOf(NotAllowedException.class);
        as(account("Rita reads", Role.READER));
        assertThat(runs.find(run.id())).isEmpty();
        SecurityContextHolder.clearContext();
        assertThat(runs.all()).doesNotContain(run);
    }

    @Test
    void oldRunsGoExceptThoseThatFindingsAreAbout() throws IOException {
        StoredRun plain = add(runs, Audience.ALL, 2);
        StoredRun found = add(runs, Audience.ALL, 2);
        findings.add(
                ada,
                new Content(
                        Subject.ofHead(found.path(), new HeadId(0, 0)), "Seen", "", List.of(), "", 50, found.path()));
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        OldRuns never = new OldRuns(store, new RunLimits(signedIn, "member", 1, 1, 0));
        never.delete(now.plusYears(9));
        OldRuns tenDays = new OldRuns(store, new RunLimits(signedIn, "member", 1, 1, 10));
        tenDays.delete(now.plusDays(9));
        assertThat(runs.find(plain.id())).as("not yet").isPresent();
        tenDays.delete(now.plusDays(11));
        assertThat(runs.find(plain.id())).isEmpty();
        assertThat(runs.find(found.id())).isPresent();
    }

    @Test
    void aFindingKnowsWhetherItsRunIsThere() throws IOException {
        StoredRun run = add(runs, Audience.ALL, 2);
        Finding finding = findings.add(
                ada,
                new Content(Subject.ofHead(run.path(), new HeadId(0, 0)), "Seen", "", List.of(), "", 50, run.path()));
        assertThat(finding.weights().hash()).isEqualTo(run.hash());
        assertThat(findings.find(finding.id()).orElseThrow().weights().now()).isEqualTo(Weights.Now.SAME);
        runs.delete(run);
        assertThat(findings.find(finding.id()).orElseThrow().weights().now()).isEqualTo(Weights.Now.GONE);
    }

    @Test
    void whatAnAccountAddedIsExportedAndGoesWithItUnlessOthersSeeIt() throws IOException {
        StoredRun own = add(runs, Audience.OWNER, 2);
        StoredRun shown = add(runs, Audience.ALL, 2);
        assertThat(records.export(ada.id()).stream().map(run -> run.get("run"))).contains(own.path(), shown.path());
        records.delete(ada.id());
        assertThat(store.find(own.id())).isEmpty();
        assertThat(store.find(shown.id()).orElseThrow().owner()).isNull();
    }
}
