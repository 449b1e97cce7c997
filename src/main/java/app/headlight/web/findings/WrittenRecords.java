package app.headlight.web.findings;

import app.headlight.ground.people.PersonalRecords;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What someone wrote in findings, as a part of their own data. */
@Component
class WrittenRecords implements PersonalRecords {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final app.headlight.services.findings.PersonalRecords written;

    WrittenRecords(app.headlight.services.findings.PersonalRecords written) {
        this.written = written;
    }

    @Override
    public String name() {
        return "findings";
    }

    @Override
    public Object export(long accountId) {
        return JSON.readTree(written.export(accountId));
    }

    @Override
    public void delete(long accountId) {
        written.delete(accountId);
    }
}
