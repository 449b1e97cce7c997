package app.headlight.ground.people;

import app.headlight.engine.refusal.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Exports or deletes all that is kept about an account. */
@Service
public class Departures {

    private final AccountStore store;
    private final Accounts accounts;
    private final SignIns signIns;
    private final AccessTokens tokens;
    private final List<PersonalRecords> records;

    Departures(
            AccountStore store,
            Accounts accounts,
            SignIns signIns,
            AccessTokens tokens,
            List<PersonalRecords> records) {
        this.store = store;
        this.accounts = accounts;
        this.signIns = signIns;
        this.tokens = tokens;
        this.records = records;
    }

    /** All that is kept about an account except its secrets, as records, lists and maps that become JSON. */
    @Transactional(readOnly = true)
    public Map<String, Object> export(Account account) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("format", "headlight-person/1");
        all.put(
                "account",
                store.all().stream()
                        .filter(joined -> joined.account().id() == account.id())
                        .findFirst()
                        .orElseThrow());
        all.put("sign_ins", signIns.of(account.id()));
        all.put("access_tokens", tokens.of(account.id()));
        records.forEach(part -> all.put(part.name(), part.export(account.id())));
        return all;
    }

    /**
     * Deletes an account and all that is kept about it.
     *
     * @throws Refusal in words for people, if this is the only admin
     */
    @Transactional
    public void delete(Account account) {
        accounts.keepAnAdmin(account);
        records.forEach(part -> part.delete(account.id()));
        signIns.endOthers(account.id(), -1);
        store.remove(account.id());
    }
}
