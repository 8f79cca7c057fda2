/* libsystemd, asked for what src/reader.rs asks for: every entry of a directory, and what five of its fields take. */

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <systemd/sd-journal.h>

static const char *const FIELDS[] = { "MESSAGE=", "PRIORITY=", "_PID=", "_SYSTEMD_UNIT=", "UNIT=" };

static int is_asked(const char *payload, size_t size) {
    for (size_t i = 0; i < sizeof FIELDS / sizeof *FIELDS; i++) {
        size_t length = strlen(FIELDS[i]);
        if (size >= length && memcmp(payload, FIELDS[i], length) == 0)
            return 1;
    }
    return 0;
}

static int fail(const char *what, int error) {
    fprintf(stderr, "libsystemd: cannot %s: %s\n", what, strerror(-error));
    return 2;
}

int main(int count, char **arguments) {
    sd_journal *journal;
    uint64_t entries = 0, bytes = 0;
    int r;

    if (count != 2) {
        fprintf(stderr, "usage: libsystemd DIR\n");
        return 2;
    }
    r = sd_journal_open_directory(&journal, arguments[1], 0);
    if (r < 0)
        return fail("open the directory", r);
    /* By default it may cut fields. */
    sd_journal_set_data_threshold(journal, 0);
    while ((r = sd_journal_next(journal)) > 0) {
        const void *payload;
        size_t size;

        entries++;
        while ((r = sd_journal_enumerate_available_data(journal, &payload, &size)) > 0)
            if (is_asked(payload, size))
                bytes += size;
        if (r < 0)
            return fail("read an entry", r);
    }
    if (r < 0)
        return fail("go on", r);
    sd_journal_close(journal);
    printf("%llu entries, %llu bytes\n", (unsigned long long) entries, (unsigned long long) bytes);
    return 0;
}
