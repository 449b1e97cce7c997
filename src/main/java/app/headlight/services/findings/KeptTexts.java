package app.headlight.services.findings;

import app.headlight.engine.refusal.Refusal;
import app.headlight.ground.addresses.Codes;
import app.headlight.ground.people.Account;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Keeps texts that are too long for an address, behind short codes. Equal texts have equal codes. The texts of members
 * stay. Those of people without an account have limited room: new ones replace the texts that were not opened for the
 * longest time and that no short link and no finding leads to.
 */
@Service
public class KeptTexts {

    /** Characters: as many as a field for a text takes. */
    public static final int LONGEST = 100_000;

    private static final Duration EXACT = Duration.ofDays(1);
    private static final int MOST_MEGABYTES = 1_000_000;
    private static final int AT_ONCE = 100;

    private final JdbcClient jdbc;
    private final long room;

    KeptTexts(JdbcClient jdbc, @Value("${headlight.kept-texts-mb:100}") long megabytes) {
        if (megabytes < 0 || megabytes > MOST_MEGABYTES) {
            throw new Refusal("headlight.kept-texts-mb is " + megabytes + "; expected 0 to " + MOST_MEGABYTES);
        }
        this.jdbc = jdbc;
        room = megabytes << 20;
    }

    /** The code of a text, whether it is kept or not. */
    public static String code(String text) {
        return Codes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Keeps a text that is not kept yet. Not within a transaction.
     *
     * @param by who keeps it; null without an account
     * @return its code
     * @throws Refusal in words for people, if it is too long or there is no room
     */
    public String keep(@Nullable Account by, String text) {
        if (text.length() > LONGEST) {
            throw new Refusal("a text of " + text.length() + " characters; at most " + LONGEST + " are kept");
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String code = Codes.of(bytes);
        if (touch(code, by != null)) {
            return code;
        }
        if (by == null) {
            makeRoom(bytes.length);
        }
        try {
            jdbc.sql("insert into kept_text (code, size, bytes, lasting, used_at) values (?, ?, ?, ?, ?)")
                    .params(code, bytes.length, bytes, by != null, Limits.now())
                    .update();
        } catch (DuplicateKeyException someoneElseJustDid) {
            touch(code, by != null);
        }
        return code;
    }

    /** The text of a code; empty if none is kept. */
    public Optional<String> text(String code) {
        Optional<byte[]> bytes = jdbc.sql("select bytes from kept_text where code = ?")
                .param(code)
                .query((row, index) -> row.getBytes("bytes"))
                .optional();
        bytes.ifPresent(found -> touch(code, false));
        return bytes.map(found -> new String(found, StandardCharsets.UTF_8));
    }

    /** @return whether it is kept */
    private boolean touch(String code, boolean lasting) {
        jdbc.sql("update kept_text set used_at = ?, lasting = lasting or ?"
                        + " where code = ? and (used_at < ? or (? and not lasting))")
                .params(Limits.now(), lasting, code, Limits.now().minus(EXACT), lasting)
                .update();
        return jdbc.sql("select count(*) from kept_text where code = ?")
                        .param(code)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private void makeRoom(int bytes) {
        while (strangers() + bytes > room) {
            List<String> oldest = jdbc.sql("select k.code from kept_text k where not k.lasting"
                            + " and not exists (select 1 from short_link s where s.address like '%~' || k.code || '%')"
                            + " and not exists (select 1 from finding_version v"
                            + " where v.view_address like '%~' || k.code || '%')"
                            + " order by k.used_at limit " + AT_ONCE)
                    .query(String.class)
                    .list();
            if (oldest.isEmpty()) {
                throw new Refusal("there is no room left for long texts of people without an account");
            }
            for (String code : oldest) {
                jdbc.sql("delete from kept_text where code = ? and not lasting")
                        .param(code)
                        .update();
                if (strangers() + bytes <= room) {
                    return;
                }
            }
        }
    }

    private long strangers() {
        return jdbc.sql("select coalesce(sum(size), 0) from kept_text where not lasting")
                .query(Long.class)
                .single();
    }
}
