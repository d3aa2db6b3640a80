import { CircleCheckBig, FileX, House, Printer, RotateCcw } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { Preview } from '../../../app/contract/receipt.ts';
import { Door } from '../../components/Door.tsx';
import { Pager } from '../../components/Pager.tsx';
import { Press } from '../../components/Press.tsx';
import { QrCode } from '../../components/QrCode.tsx';
import { Hands, Stage } from '../../layout/Frame.tsx';
import { useDesk } from '../desk.ts';
import type { Screen } from '../visit.ts';
import { DoneButton } from './AnswerScreens.tsx';

type At<Name extends Screen['at']> = Extract<Screen, { at: Name }>;

const centimetres = (millimetres: number) => String(Math.max(1, Math.round(millimetres / 10)));

/** The slip as it will come out of the slot. */
export function PreviewScreen({ screen }: { screen: At<'preview'> }) {
  const { t } = useTranslation('screen');
  const { clerk, dispatch, kiosk } = useDesk();
  const length = centimetres(screen.preview.lengthMm);
  const fault = kiosk?.printer.state === 'fault' ? kiosk.printer.fault : null;
  return (
    <>
      <Stage title={t('paper.preview')}>
        <Slip preview={screen.preview} />
      </Stage>
      <Hands label={t('paper.preview')}>
        <p className="hands-question">{t('paper.length', { length })}</p>
        {fault && (
          <p className="remark">
            {t(`paper.fault.${fault}`)}
            <br />
            {t('paper.staff')}
          </p>
        )}
        <div className="grid one">
          {kiosk?.printer.state === 'absent' ? (
            <p className="no-printer">{t('paper.absent')}</p>
          ) : (
            <Press
              name="print-now"
              icon={Printer}
              tone="action"
              className="tall"
              onPress={() => clerk.print(screen.slip, screen.preview.lengthMm)}
            >
              {t('paper.print', { length })}
            </Press>
          )}
          <Press name="no-print" icon={FileX} onPress={() => dispatch({ kind: 'back' })}>
            {t('paper.not_now')}
          </Press>
        </div>
      </Hands>
    </>
  );
}

function Slip({ preview }: { preview: Preview }) {
  const { t } = useTranslation('screen');
  return (
    // Read aloud as whole sentences, not line by line.
    <div className="slip" role="group" aria-label={preview.spoken}>
      <Pager sameAs={preview.title}>
        {preview.lines.map((line, at) => {
          const key = `${String(at)}${line.kind}`;
          switch (line.kind) {
            case 'text':
              return (
                <p
                  key={key}
                  className={`slip-text scale-${String(line.scale)} ${line.bold ? 'bold' : ''} ${line.align}`}
                >
                  {line.text}
                </p>
              );
            case 'rule':
              return <hr key={key} />;
            case 'space':
              return <div key={key} className="slip-space" />;
            case 'qr':
              return <QrCode key={key} data={line.data} label={t('paper.qr')} />;
          }
        })}
      </Pager>
    </div>
  );
}

/** The paper moves on screen as it really does: `share` is what the printer has said. */
export function Printing({ screen }: { screen: At<'printing'> }) {
  const { t } = useTranslation('screen');
  const percent = Math.round(screen.share * 100);
  return (
    <>
      <Stage title={t('paper.printing')} intro={t('paper.printing_detail')}>
        <div className="printer" aria-hidden>
          <div className="printer-slot" />
          <div className="printer-paper" style={{ scale: `1 ${String(Math.max(0.04, screen.share))}` }} />
        </div>
        <progress value={screen.share} max={1} aria-label={t('paper.progress')} />
        <p className="printer-share">{t('paper.share', { percent })}</p>
      </Stage>
      <Hands label={t('paper.printing')}>
        <p className="hands-note">{t('paper.printing_note')}</p>
      </Hands>
    </>
  );
}

export function Printed() {
  const { t } = useTranslation('screen');
  const { dispatch, kiosk } = useDesk();
  const retracted = kiosk?.leftBehind.slip === 'retracted';
  return (
    <>
      <Stage
        title={t('paper.printed')}
        intro={t(retracted ? 'reminder:slip_retracted' : 'paper.printed_detail')}
      >
        <div className="printer out" aria-hidden>
          <div className="printer-slot" />
          <div className="printer-paper" />
        </div>
      </Stage>
      <Hands label={t('answer.next')}>
        <div className="grid one">
          <DoneButton />
          <Press name="home" icon={House} onPress={() => dispatch({ kind: 'home' })}>
            {t('paper.another')}
          </Press>
        </div>
      </Hands>
    </>
  );
}

/** Paper out and its like: what happened, what you can do, whom to ask. The slip waits in this visit. */
export function Held({ screen }: { screen: At<'held'> }) {
  const { t } = useTranslation('screen');
  const { clerk } = useDesk();
  return (
    <>
      <Stage
        title={t(`paper.fault.${screen.reason}`)}
        intro={screen.partly ? t('paper.partly') : t('paper.waiting')}
      >
        <p className="plain-words">{t('paper.staff')}</p>
        <div className="card-place" aria-hidden>
          <Door picture="slip" />
        </div>
      </Stage>
      <Hands label={t('paper.held')}>
        <div className="grid one">
          <Press
            name="reprint"
            icon={RotateCcw}
            tone="action"
            className="tall"
            onPress={() => clerk.reprint(screen.jobId, screen.slip, screen.lengthMm)}
          >
            {t('paper.again')}
          </Press>
          <Press name="abandon" icon={FileX} onPress={() => clerk.abandon(screen.jobId)}>
            {t('paper.give_up')}
          </Press>
        </div>
      </Hands>
    </>
  );
}

export function NotPrinted({ screen }: { screen: At<'notPrinted'> }) {
  const { t } = useTranslation('screen');
  const { dispatch } = useDesk();
  return (
    <>
      <Stage
        title={t(screen.reason === 'interrupted' ? 'paper.interrupted' : 'paper.not_printed')}
        intro={t(`paper.refused.${screen.reason}`)}
      >
        <p className="plain-words">{t('paper.staff')}</p>
        <div className="card-place" aria-hidden>
          <Door picture="slip" />
        </div>
      </Stage>
      <Hands label={t('answer.next')}>
        <div className="grid one">
          <Press
            name="back-to-slip"
            icon={CircleCheckBig}
            tone="action"
            onPress={() => dispatch({ kind: 'back' })}
          >
            {t('paper.back')}
          </Press>
        </div>
      </Hands>
    </>
  );
}
