package app.headlight.services.findings;

import app.headlight.engine.refusal.Refusal;
import app.headlight.ground.addresses.Codes;
import app.headlight.ground.addresses.ViewAddress;
import app.headlight.ground.people.Account;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** The service for short links, {@code /s/CODE}, to the addresses of views. The same address always has the same code. */
@Service
public class ShortLinks {

    private final JdbcClient jdbc;

    ShortLinks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The code of an address, which is made if there is none yet. Not within a transaction.
     *
     * @param by who asks first; null without an account
     * @param address one that {@link ViewAddress} takes
     * @return eight random characters
     * @throws Refusal if it is not an address of Headlight, or too long
     */
    public String code(@Nullable Account by, String address) {
        String relative = ViewAddress.check(address);
        String hash = hash(relative);
        return known(hash).orElseGet(() -> {
            try {
                jdbc.sql(
                                "insert into short_link (code, address_hash, address, made_at, made_by) values (?, ?, ?, ?, ?)")
                        .params(Arrays.asList(Codes.next(), hash, relative, Limits.now(), by == null ? null : by.id()))
                        .update();
            } catch (DuplicateKeyException someoneElseJustDid) {
                return known(hash).orElseThrow(() -> someoneElseJustDid);
            }
            return known(hash).orElseThrow();
        });
    }

    /** The address that a code leads to, an address relative to the program's root; empty if there is no such code. */
    public Optional<String> address(String code) {
        return jdbc.sql("select address from short_link where code = ?")
                .param(code.replace("\0", ""))
                .query(String.class)
                .optional();
    }

    private Optional<String> known(String hash) {
        return jdbc.sql("select code from short_link where address_hash = ?")
                .param(hash)
                .query(String.class)
                .optional();
    }

    private static String hash(String address) {
        return HexFormat.of().formatHex(Codes.sha256(address.getBytes(StandardCharsets.UTF_8)));
    }
}
