import { X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deviceCertificate } from '../../../../agent/mac/simulated/certificate.ts';
import { commonNamesOf } from '../../../../agent/mac/sources/app-sso/certificate-subject.ts';

const der = (deviceId: string) => Buffer.from(deviceCertificate(deviceId), 'base64url');

describe('the common names of a certificate', () => {
  it("are the subject's, as Node's own reader has them, and not the issuer's", () => {
    fc.assert(
      fc.property(fc.uuid(), (deviceId) => {
        const certificate = der(deviceId);
        expect(new X509Certificate(certificate).subject).toContain(`CN=${deviceId}`);
        expect(commonNamesOf(certificate)).toEqual([deviceId]);
      }),
      { numRuns: 50 },
    );
  });

  it('are null or a list for any bytes, and never an error or a hang', () => {
    const certificate = der('0f8fad5b-d9cb-469f-a165-70867728950e');
    fc.assert(
      fc.property(
        fc.nat(certificate.length - 1),
        fc.nat(255),
        fc.nat(certificate.length),
        (at, byte, end) => {
          const broken = Uint8Array.from(certificate);
          broken[at] = byte;
          const names = commonNamesOf(broken.subarray(0, end));
          expect(names === null || Array.isArray(names)).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(commonNamesOf(bytes) ?? []).toBeInstanceOf(Array);
      }),
    );
  });

  it('are null for a certificate that is cut off or has bytes after its end', () => {
    const certificate = der('0f8fad5b-d9cb-469f-a165-70867728950e');
    expect(commonNamesOf(certificate.subarray(0, -1))).toBeNull();
    expect(commonNamesOf(Buffer.concat([certificate, certificate]))).toBeNull();
    expect(commonNamesOf(new Uint8Array())).toBeNull();
  });
});
