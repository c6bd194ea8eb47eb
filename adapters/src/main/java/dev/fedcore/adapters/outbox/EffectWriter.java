package dev.fedcore.adapters.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Writes to the journal. One transaction is around each call; for one thread.
final class EffectWriter {

  private static final String FIND =
      """
      SELECT dry_run, state, reference, output, code, message
        FROM effect
       WHERE effect_key = ?
      """;

  private static final String BEGIN =
      """
      INSERT INTO effect
        (effect_key, type, dry_run, begun_at, state, reference, output, code, message)
      VALUES (?, ?, ?, ?, 'BEGUN', ?, ?, '', '')
      """;

  private static final String END =
      """
      UPDATE effect
         SET state = ?, reference = ?, output = ?, code = ?, message = ?
       WHERE effect_key = ?
      """;

  private static final String REPORT =
      """
      INSERT INTO report (reference, status, effect_key, happened, detail, at)
      SELECT ?, ?, effect_key, ?, ?, ?
        FROM effect
       WHERE effect_key = ?
          ON CONFLICT DO NOTHING
      """;

  private static final String TAKE =
      """
      INSERT INTO purse (name, used)
      SELECT ?1, ?2
       WHERE ?2 <= ?3
          ON CONFLICT DO UPDATE
         SET used = used + excluded.used
       WHERE used + excluded.used <= ?3
      """;

  private static final String GIVE_BACK =
      """
      UPDATE purse
         SET used = max(0, used - ?)
       WHERE name = ?
      """;

  /// A prefix ends in a hyphen, after which no key has a byte greater than `~`.
  private static final String FORGET =
      """
      UPDATE effect
         SET reference = '', output = '{}', message = ''
       WHERE effect_key BETWEEN ?1 AND ?1 || '~'
      """;

  private static final String FORGET_REPORTS =
      """
      UPDATE report
         SET reference = 'erased ' || rowid, detail = '{}'
       WHERE effect_key BETWEEN ?1 AND ?1 || '~'
      """;

  private final PreparedStatement forget;
  private final PreparedStatement forgetReports;
  private final PreparedStatement find;
  private final PreparedStatement begin;
  private final PreparedStatement end;
  private final PreparedStatement report;
  private final PreparedStatement take;
  private final PreparedStatement giveBack;

  EffectWriter(Connection connection) throws SQLException {
    this.forget = connection.prepareStatement(FORGET);
    this.forgetReports = connection.prepareStatement(FORGET_REPORTS);
    this.find = connection.prepareStatement(FIND);
    this.begin = connection.prepareStatement(BEGIN);
    this.end = connection.prepareStatement(END);
    this.report = connection.prepareStatement(REPORT);
    this.take = connection.prepareStatement(TAKE);
    this.giveBack = connection.prepareStatement(GIVE_BACK);
  }

  /// Begins an effect, unless its key has been used.
  ///
  /// @return what stands there under the key, if it has
  Optional<EffectRow> begin(Intent intent, EffectRow row, String at) throws SQLException {
    find.setString(1, intent.effectKey());
    try (var rows = find.executeQuery()) {
      if (rows.next()) {
        return Optional.of(EffectRow.read(rows));
      }
    }
    begin.setString(1, intent.effectKey());
    begin.setString(2, intent.type());
    begin.setBoolean(3, row.isDryRun());
    begin.setString(4, at);
    begin.setString(5, row.reference());
    begin.setString(6, EffectRow.text(row.output()));
    begin.executeUpdate();
    return Optional.empty();
  }

  boolean end(String effectKey, EffectRow row) throws SQLException {
    end.setString(1, row.state().name());
    end.setString(2, row.reference());
    end.setString(3, EffectRow.text(row.output()));
    end.setString(4, row.code());
    end.setString(5, row.message());
    end.setString(6, effectKey);
    return end.executeUpdate() == 1;
  }

  /// Keeps a report on an effect that is there.
  ///
  /// @return whether it was new
  boolean report(Report said, String at) throws SQLException {
    report.setString(1, said.reference());
    report.setString(2, said.status());
    report.setBoolean(3, said.happened());
    report.setString(4, EffectRow.text(said.detail()));
    report.setString(5, at);
    report.setString(6, said.effectKey());
    return report.executeUpdate() == 1;
  }

  /// Forgets what effects and reports say beside that they were had.
  ///
  /// @return how many effects there were
  int forget(List<String> keyPrefixes) throws SQLException {
    int forgotten = 0;
    for (String prefix : keyPrefixes) {
      forgetReports.setString(1, prefix);
      forgetReports.executeUpdate();
      forget.setString(1, prefix);
      forgotten += forget.executeUpdate();
    }
    return forgotten;
  }

  /// Takes out of a purse, unless it would then have given more than `limit`.
  boolean take(String purse, long amount, long limit) throws SQLException {
    take.setString(1, purse);
    take.setLong(2, amount);
    take.setLong(3, limit);
    return take.executeUpdate() == 1;
  }

  boolean giveBack(String purse, long amount) throws SQLException {
    giveBack.setLong(1, amount);
    giveBack.setString(2, purse);
    return giveBack.executeUpdate() == 1;
  }
}
